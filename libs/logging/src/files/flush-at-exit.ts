interface Flushable {
  flushSync(): void;
}

const open = new Set<Flushable>();

function flushAll(): void {
  for (const file of open) file.flushSync();
}

/** One listener for all files: each of its own would soon look like a leak of listeners. @returns what ends it */
export function flushAtExit(file: Flushable): () => void {
  if (open.size === 0) process.on('exit', flushAll);
  open.add(file);
  return () => {
    open.delete(file);
    if (open.size === 0) process.off('exit', flushAll);
  };
}
