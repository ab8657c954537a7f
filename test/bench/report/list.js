/** Which targets and workloads there are. */
export function listText({ targets, workloads }) {
  const width = Math.max(...[...targets, ...workloads].map(({ name }) => name.length));
  const lines = (items) => items.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  return ['Targets:', ...lines(targets), '', 'Workloads:', ...lines(workloads)].join('\n');
}
