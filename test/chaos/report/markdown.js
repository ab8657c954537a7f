import { circumstancesOf } from './circumstances.js';
import { seconds } from './text.js';
import { isLate, triedOn } from './verdict.js';

const LONGEST = 80;
const MOST_CAUSES = 2;
const HEAD = [
  '#',
  'fault',
  'held',
  'lost: own, others',
  'detected',
  'full capacity',
  'restarts',
  'on record',
  'plain: lost own, others',
  'plain: full capacity',
  'seen failing',
];

/** All scenarios in a table, and below it what each was held to and found. @param {object[]} runs oldest first */
export function markdownOf(runs) {
  const { at, cores, node } = runs.at(-1);
  const cpus = [...new Set(runs.map(({ cpu }) => cpu))].join(', ');
  const results = runs.flatMap((run) => run.results);
  const scenarios = byScenario(results);
  return [
    `Measured on ${cores} cores (${cpus}), Node ${node.replace('v', '')}, ${at.slice(0, 10)}${startsOf(results)}.`,
    [HEAD, HEAD.map(() => '---'), ...scenarios.map(rowOf)].map(tableLine).join('\n'),
    ...scenarios.map(paragraphOf),
  ].join('\n\n');
}

/** What the machine needs for every replacement, whatever the service does. */
function startsOf(results) {
  const starts = results
    .filter(({ target, without, startMs }) => target === 'evernest' && !without && startMs)
    .map(({ startMs }) => startMs);
  if (starts.length === 0) return '';
  return `; a worker of the service took ${seconds(Math.min(...starts))} to ${seconds(Math.max(...starts))} to start`;
}

/** @returns {object[][]} for each scenario its last result on whatever it was tried */
function byScenario(results) {
  const scenarios = new Map();
  for (const result of results) {
    const onEach = scenarios.get(result.number) ?? new Map();
    onEach.set(triedOn(result), result);
    scenarios.set(result.number, onEach);
  }
  return [...scenarios]
    .toSorted(([one], [other]) => one - other)
    .map(([, onEach]) => Array.from(onEach.values()));
}

function rowOf(results) {
  const own = results.find(({ target, without }) => target === 'evernest' && !without);
  const { number, fault } = own ?? results[0];
  const plain = results.find(({ target }) => target === 'plain');
  const failed = results.filter((result) => result !== own && !result.held && !result.error);
  return [
    number,
    fault,
    verdict(own),
    lost(own),
    own && seconds(own.detectMs),
    own && seconds(own.capacityMs),
    own?.restarts,
    own && onRecord(own.causes),
    lost(plain),
    plain && seconds(plain.capacityMs),
    failed.map(triedOn).join(', '),
  ];
}

function verdict(result) {
  if (!result) return 'not tried';
  if (result.error) return 'not run';
  if (isLate(result)) return 'yes, late';
  return result.held ? 'yes' : '**no**';
}

function lost(result) {
  return result && !result.error ? `${result.lostOwn}, ${result.lostBystanders}` : undefined;
}

function paragraphOf(results) {
  const own = results.find(({ target, without }) => target === 'evernest' && !without);
  const { number, name, mustHold, note } = own ?? results[0];
  const found = (own?.checks ?? []).map(({ what, found: value, bound, holds }) => {
    const text = `${what}: ${short(String(value ?? 'none'))} (${bound})`;
    return holds ? text : `**${text}**`;
  });
  const machine = own && !own.held ? circumstancesOf(own) : undefined;
  return [
    `**${number}. ${name}**: ${mustHold}. Found: ${found.join('; ')}.`,
    machine && `(In this run ${machine}.)`,
    note,
  ]
    .filter(Boolean)
    .join(' ');
}

function onRecord(causes) {
  const different = [...new Set(causes)].map((cause) => short(cause));
  const rest = different.length - MOST_CAUSES;
  return [...different.slice(0, MOST_CAUSES), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

/** A stack or a sentence with all its figures is for who looks it up in the service's own records. */
function short(text) {
  const [line] = text.trim().split('\n');
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trim()}…` : line;
}

function tableLine(cells) {
  return `| ${cells.map((cell) => String(cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
}
