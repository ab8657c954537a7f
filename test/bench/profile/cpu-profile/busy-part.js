const IDLE = '(idle)';

/** The tree without the time in which there was nothing to do, and how long that was. */
export function busyPart(tree) {
  const idle = tree.children.find(({ fn }) => fn.name === IDLE);
  const idleUs = idle?.totalUs ?? 0;
  return {
    busy: {
      ...tree,
      totalUs: tree.totalUs - idleUs,
      children: tree.children.filter((child) => child !== idle),
    },
    idleUs,
  };
}
