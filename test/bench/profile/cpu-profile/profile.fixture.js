export const PROJECT = 'file:///project/';

/** V8's own and native functions have no file. */
const isNative = (name) => /^\(|^native/.test(name);

/**
 * A profile as V8 writes it of stacks, outermost function first, each of which lasted for so many µs:
 * `profileOf(['main read', 30], ['main', 5], ['(idle)', 7])`.
 */
export function profileOf(...stacks) {
  const nodes = [{ id: 1, callFrame: callFrame('(root)'), children: [] }];
  const samples = stacks.map(([stack]) => {
    let node = nodes[0];
    for (const name of stack.split(' ')) node = childOf(node, name, nodes);
    return node.id;
  });
  const timeDeltas = stacks.map((_, index) => (index === 0 ? 0 : stacks[index - 1][1]));
  const endTime = 1000 + stacks.reduce((sum, [, microseconds]) => sum + microseconds, 0);
  return { nodes, startTime: 1000, endTime, samples, timeDeltas };
}

function childOf(node, name, nodes) {
  const known = nodes.find(
    ({ id, callFrame: { functionName } }) => node.children.includes(id) && functionName === name,
  );
  if (known) return known;
  const child = { id: nodes.length + 1, callFrame: callFrame(name), children: [] };
  node.children.push(child.id);
  nodes.push(child);
  return child;
}

function callFrame(functionName) {
  const url = isNative(functionName) ? '' : `${PROJECT}libs/${functionName}/src/index.ts`;
  return { functionName, url, lineNumber: 11, columnNumber: 0 };
}
