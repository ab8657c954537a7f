import type { Family, Label, Sample } from './family.js';
import { parseExposition } from './parse-exposition.js';

const WORKER_LABEL = 'worker';
/** What Prometheus itself does with a label that it wants to set. */
const RENAMED_WORKER_LABEL = 'exported_worker';

/** Number of a worker, or the name of another process. */
export type Source = number | string;

export interface MergedExposition {
  /** Families by name; in each, its samples by worker. */
  readonly text: string;
  /** Those whose text could not be understood; nothing of it is in the merged one. */
  readonly malformed: readonly Source[];
  /** Families that are left out for one worker, because an earlier one says that they are of another type. */
  readonly conflicts: readonly { readonly source: Source; readonly family: string }[];
}

/** Makes one text of many, in Prometheus' format: every sample says in its first label which worker it is of. */
export function mergeExpositions(texts: ReadonlyMap<Source, string>): MergedExposition {
  const merged = new Map<string, MergedFamily>();
  const malformed: Source[] = [];
  const conflicts: { source: Source; family: string }[] = [];
  for (const [source, text] of [...texts].toSorted(bySource)) {
    const families = parseExposition(text);
    if (!families) malformed.push(source);
    for (const family of families?.values() ?? []) {
      if (!addTo(merged, source, family)) conflicts.push({ source, family: family.name });
    }
  }
  const families = [...merged.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return { text: families.map(textOf).join(''), malformed, conflicts };
}

interface MergedFamily {
  readonly name: string;
  readonly type: NonNullable<Family['type']>;
  help: string | undefined;
  readonly lines: string[];
}

/** @returns false if it is of another type than before */
function addTo(merged: Map<string, MergedFamily>, source: Source, family: Family): boolean {
  const { name, help, type = 'untyped' } = family;
  const known = merged.get(name) ?? { name, type, help, lines: [] };
  if (known.type !== type) return false;
  merged.set(name, known);
  known.help ??= help;
  for (const sample of family.samples) known.lines.push(lineOf(source, sample));
  return true;
}

function lineOf(source: Source, { name, labels, value }: Sample): string {
  const all: Label[] = [[WORKER_LABEL, String(source)], ...labels.map(renamed)];
  return `${name}{${all.map(([label, text]) => `${label}="${text}"`).join(',')}} ${value}\n`;
}

function renamed([name, value]: Label): Label {
  return [name === WORKER_LABEL ? RENAMED_WORKER_LABEL : name, value];
}

function textOf({ name, help, type, lines }: MergedFamily): string {
  const meta = `${help === undefined ? '' : `# HELP ${name} ${help}\n`}# TYPE ${name} ${type}\n`;
  return `${meta}${lines.join('')}`;
}

/** Numbers first, in their order, whatever order they came in. */
function bySource([one]: readonly [Source, string], [other]: readonly [Source, string]): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === typeof other) return one < other ? -1 : 1;
  return typeof one === 'number' ? -1 : 1;
}
