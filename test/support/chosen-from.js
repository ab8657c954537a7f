import { InvalidArgumentError } from 'commander';

/**
 * Reads an option of Commander's that is a list of names, or of numbers where things have some.
 * @param {readonly { name: string, number?: number }[]} known
 * @param {string} kind what they are, for the complaint
 * @returns {(text: string) => object[]} those that were asked for, in the order of `known` and each once
 */
export function chosenFrom(known, kind) {
  return (text) => {
    const asked = new Set(text.split(',').map((name) => named(known, kind, name.trim())));
    return known.filter((item) => asked.has(item));
  };
}

/** @throws InvalidArgumentError that names all there are */
export function named(known, kind, text) {
  const found = known.find(({ name, number = name }) => text === name || text === String(number));
  if (found) return found;
  const names = known.map(({ name }) => name).join(', ');
  throw new InvalidArgumentError(`There is no ${kind} "${text}"; there are ${names}.`);
}
