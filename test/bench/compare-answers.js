import { isDeepStrictEqual } from 'node:util';

/**
 * The first difference between what two targets answer to the same requests, as a sentence; undefined if there is none.
 * @param {{ name: string, answers: { request: string, answer: unknown }[] }} one
 * @param {{ name: string, answers: { request: string, answer: unknown }[] }} other
 */
export function differenceBetween(one, other) {
  for (const [index, { request, answer }] of one.answers.entries()) {
    const found = other.answers[index]?.answer;
    if (isDeepStrictEqual(answer, found)) continue;
    const path = pathToDifference(answer, found);
    const [here, there] = [answer, found].map((whole) => JSON.stringify(valueAt(whole, path))?.slice(0, 200));
    return `${request}: ${['the answer', ...path].join('.')} of ${one.name} is ${here}, of ${other.name} ${there}.`;
  }
  return undefined;
}

function pathToDifference(one, other) {
  if (!isObject(one) || !isObject(other)) return [];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const key = [...keys].find((each) => !isDeepStrictEqual(one[each], other[each]));
  return key === undefined ? [] : [key, ...pathToDifference(one[key], other[key])];
}

function valueAt(whole, path) {
  return path.reduce((part, key) => part?.[key], whole);
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}
