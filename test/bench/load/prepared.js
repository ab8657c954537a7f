const prepared = new Map();

/** What a workload has read from a target, for as long as the generator lives. */
export function remember(origin, workload, value) {
  prepared.set(`${origin} ${workload}`, value);
}

export function recall(origin, workload) {
  return prepared.get(`${origin} ${workload}`);
}
