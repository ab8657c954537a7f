/** As many as `ab -c 50`. */
export const CONNECTIONS = 50;

/** How many connections a workload is asked over. */
export function connectionsOf({ connections = CONNECTIONS }) {
  return connections;
}
