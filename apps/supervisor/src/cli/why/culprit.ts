/** The function that is nearest to where it happened and belongs to the program: a package's, or Node's, if none does. */
export function culpritOf(stack: string): string | null {
  const frames = stack
    .split('\n')
    .map((line) => /^\s*at (?<frame>.+)$/.exec(line)?.groups?.['frame'])
    .filter((frame) => frame !== undefined);
  return frames.find(isOwnCode) ?? frames.find(isNotNodes) ?? frames[0] ?? null;
}

function isOwnCode(frame: string): boolean {
  return isNotNodes(frame) && !frame.includes('/node_modules/') && !frame.startsWith('node_modules/');
}

function isNotNodes(frame: string): boolean {
  return !/\bnode:/.test(frame) && !frame.includes('<anonymous>)');
}
