/** A tree and what is told of it, small enough for a page: each function stands there once, times are whole µs. */
export function packTree({ busy, packages, run }) {
  const indexes = new Map();
  function indexOf(fn) {
    if (!indexes.has(fn)) indexes.set(fn, indexes.size);
    return indexes.get(fn);
  }
  const pack = ({ fn, ownUs, totalUs, children }) => [
    indexOf(fn),
    Math.round(ownUs),
    Math.round(totalUs),
    children.map(pack),
  ];
  const tree = pack(busy);
  return {
    tree,
    functions: [...indexes.keys()].map(({ name, place, package: packageName }) => [name, place, packageName]),
    packages: packages.map(({ package: name, ownShare }) => [name, ownShare]),
    microsecondsARequest: run.mainThreadMicroseconds,
  };
}
