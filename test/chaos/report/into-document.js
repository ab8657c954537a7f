import { readFileSync, writeFileSync } from 'node:fs';
import { markdownOf } from './markdown.js';

/**
 * `node test/chaos/report/into-document.js docs/chaos.md run.json…`: puts what runs found into a document, between its marks. Of a
 * scenario that several runs tried on the same, the last counts.
 */
const BEGIN = '<!-- what the runs found, written by test/chaos/report/into-document.js -->';
const END = '<!-- end of what the runs found -->';

const [, , document, ...files] = process.argv;
const text = readFileSync(document, 'utf8');
const [before, rest] = text.split(BEGIN);
const [, after] = (rest ?? '').split(END);
if (after === undefined || files.length === 0) {
  console.error(
    `usage: node ${process.argv[1]} DOCUMENT RUN.json…; the document needs the marks "${BEGIN}" and "${END}".`,
  );
  process.exitCode = 64;
} else {
  const runs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(document, `${before}${BEGIN}\n\n${markdownOf(runs)}\n\n${END}${after}`);
}
