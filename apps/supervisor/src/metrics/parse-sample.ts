import type { Label, Sample } from './family.js';

const NAME = String.raw`[a-zA-Z_:][\w:]*`;
const LABEL = String.raw`[a-zA-Z_]\w*[ \t]*=[ \t]*"[^"\\]*(?:\\["\\n][^"\\]*)*"[ \t]*`;
const LABELS = String.raw`\{[ \t]*(?:(${LABEL}(?:,[ \t]*${LABEL})*)(?:,[ \t]*)?)?\}`;
const NUMBER = String.raw`[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])`;
const TIME = String.raw`-?\d+`;
const SAMPLE = new RegExp(
  String.raw`^[ \t]*(${NAME})(?:[ \t]*${LABELS}[ \t]*|[ \t]+)(${NUMBER}(?:[ \t]+${TIME})?)[ \t]*$`,
);
const EACH_LABEL = /([a-zA-Z_]\w*)[ \t]*=[ \t]*"([^"\\]*(?:\\["\\n][^"\\]*)*)"/g;

/** @returns undefined if the line is no sample, or names a label twice */
export function parseSample(line: string): Sample | undefined {
  const [, name, labelText = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const labels = Array.from(labelText.matchAll(EACH_LABEL), ([, label, text]): Label => [label!, text!]);
  const isUnique = new Set(labels.map(([label]) => label)).size === labels.length;
  return isUnique ? { name, labels, value } : undefined;
}
