const works = new Set<() => void>();

function doAll(): void {
  for (const work of works) work();
}

/** Does it when the process exits. One listener for all: each of its own would soon look like a leak. @returns what ends it */
export function atExit(work: () => void): () => void {
  if (works.size === 0) process.on('exit', doAll);
  works.add(work);
  return () => {
    works.delete(work);
    if (works.size === 0) process.off('exit', doAll);
  };
}
