import { pbkdf2Sync } from 'node:crypto';

/** More than anybody waits for. */
const ITERATIONS = 100_000_000;
/** Parsed at some millions of keys a second; few of them are different, so that it takes time and not memory. */
const KEYS = { different: 300_000, times: 60 };

/** @param {string} what `json-parse`; in all other cases it is a hash */
export default function nativeBlock(what) {
  if (what === 'json-parse') JSON.parse(hugeText());
  else pbkdf2Sync('password', 'salt', ITERATIONS, 64, 'sha512');
}

function hugeText() {
  const part = Array.from({ length: KEYS.different }, (_, index) => `"${index.toString(36)}":0`).join(',');
  return `{${Array(KEYS.times).fill(part).join(',')}}`;
}
