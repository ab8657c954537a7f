import type { Family, FamilyType, Sample } from './family.js';
import { parseSample } from './parse-sample.js';

const META = /^#[ \t]+(HELP|TYPE)[ \t]+([a-zA-Z_:][\w:]*)(?:[ \t]+([^]*))?$/;
const BROKEN_META = /^#[ \t]+(?:HELP|TYPE)(?:[ \t]|$)/;
/** What samples have behind the name of their family. */
const SUFFIXES: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: [],
  gauge: [],
  untyped: [],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['_sum', '_count'],
};

type Draft = { -readonly [Key in keyof Family]: Family[Key] } & { samples: Sample[] };

/**
 * Reads Prometheus' text format, version 0.0.4.
 * @returns undefined if any of it is not what the format allows: a text that broke off half-way must not pass for a whole one
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> | undefined {
  const parser = new ExpositionParser();
  const lines = text.split('\n');
  // The last line has its end too.
  if (lines.pop() !== '') return undefined;
  return lines.every((line) => parser.take(line)) ? parser.families : undefined;
}

class ExpositionParser {
  readonly families = new Map<string, Draft>();
  private readonly seen = new Set<string>();

  /** @returns false for what cannot be */
  take(line: string): boolean {
    if (line.startsWith('#')) return this.takeComment(line);
    return line.trim() === '' || this.takeSample(parseSample(line));
  }

  private takeComment(line: string): boolean {
    const [, keyword, name, rest = ''] = META.exec(line) ?? [];
    if (keyword === undefined || name === undefined) return !BROKEN_META.test(line);
    const family = this.family(name);
    return keyword === 'HELP' ? takeHelp(family, rest) : takeType(family, rest.trim());
  }

  private takeSample(sample: Sample | undefined): boolean {
    if (!sample) return false;
    const key = keyOf(sample);
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    this.familyOf(sample.name).samples.push(sample);
    return true;
  }

  private familyOf(sampleName: string): Draft {
    const known = this.families.get(sampleName);
    if (known) return known;
    const end = sampleName.lastIndexOf('_');
    const base = this.families.get(sampleName.slice(0, end));
    const isPart = base?.type !== undefined && SUFFIXES[base.type].includes(sampleName.slice(end));
    return isPart ? base : this.family(sampleName);
  }

  private family(name: string): Draft {
    const known = this.families.get(name);
    if (known) return known;
    const made: Draft = { name, help: undefined, type: undefined, samples: [] };
    this.families.set(name, made);
    return made;
  }
}

function takeHelp(family: Draft, help: string): boolean {
  if (family.help !== undefined) return false;
  family.help = help;
  return true;
}

function takeType(family: Draft, type: string): boolean {
  if (family.type !== undefined || family.samples.length > 0 || !isFamilyType(type)) return false;
  family.type = type;
  return true;
}

function isFamilyType(type: string): type is FamilyType {
  return Object.hasOwn(SUFFIXES, type);
}

/** The same for one sample, in whatever order its labels stand. */
function keyOf({ name, labels }: Sample): string {
  const sorted = labels.map(([label, value]) => `${label}="${value}"`).toSorted();
  return `${name}{${sorted.join(',')}}`;
}
