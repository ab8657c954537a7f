/**
 * How the own time of a request has changed, for each function and for each package, the greatest change first.
 * Functions go by name and file: their lines move with each edit.
 */
export function compareFigures(before, after) {
  return {
    before: before.run,
    after: after.run,
    functions: differences(before.functions, after.functions, ({ name, file }) => `${name} ${file}`),
    packages: differences(before.packages, after.packages, (item) => item.package),
  };
}

function differences(before, after, keyOf) {
  const changes = new Map();
  function add(side, items) {
    for (const item of items) {
      const key = keyOf(item);
      const change = changes.get(key) ?? { ...labelOf(item), before: 0, after: 0 };
      change[side] += item.ownMicroseconds;
      changes.set(key, change);
    }
  }
  add('after', after);
  add('before', before);
  return [...changes.values()]
    .map((change) => Object.assign(change, { difference: change.after - change.before }))
    .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
}

function labelOf({ name, place, package: packageName }) {
  return name === undefined ? { package: packageName } : { name, place, package: packageName };
}
