/** What is wrong with a Node version for a range such as `^20.19.0 || >=24.0.0`, in one sentence; else undefined. */
export function nodeVersionProblem(version, range) {
  const found = parse(version);
  if (range.split('||').some((part) => satisfies(found, part.trim()))) return undefined;
  return `Evernest needs Node ${range}, and this is Node ${version}: install a newer one from https://nodejs.org.`;
}

/** Knows the two comparisons that package.json uses, `^` and `>=`. */
function satisfies(found, comparison) {
  const match = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(comparison);
  if (!match) throw new Error(`"engines" in package.json: cannot read ${comparison}`);
  const least = parse(match[2]);
  if (match[1] === '^' && found[0] !== least[0]) return false;
  const difference = found.map((number, index) => number - least[index]).find((each) => each !== 0);
  return difference === undefined || difference > 0;
}

/** A pre-release such as 24.0.0-nightly counts as its release. */
function parse(version) {
  return version.split('-')[0].split('.').map(Number);
}
