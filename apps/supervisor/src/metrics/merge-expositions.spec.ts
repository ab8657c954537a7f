import fc from 'fast-check';
import { mergeExpositions } from './merge-expositions.js';

/** Any text, with what has to be escaped more often than chance would have it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\\', '"', '\n', '{', '}', ',', '=', ' ', 'a', '#') }),
);
const labelNames = fc.uniqueArray(fc.stringMatching(/^[a-vx-z_][a-z_]{0,4}$/), { maxLength: 3 });
const labels = labelNames.chain((names) =>
  fc.tuple(...names.map(() => anyText)).map((values) => names.map((name, index) => [name, values[index]!])),
);
const value = fc.oneof(
  fc.double().map((number) => String(number).replace('Infinity', 'Inf')),
  fc.constantFrom('Nan', '+Inf', '12 1700000000000'),
);
const series = fc.record({ labels, value });
const FAMILIES = ['alpha', 'beta_seconds', 'gamma_total'] as const;
const worker = fc.record({
  alpha: fc.uniqueArray(series, { selector: keyOf }),
  beta_seconds: fc.uniqueArray(series, { selector: keyOf }),
  gamma_total: fc.uniqueArray(series, { selector: keyOf }),
});
const fleet = fc.dictionary(fc.nat(50).map(String), worker, { maxKeys: 4 });

type Series = typeof series extends fc.Arbitrary<infer T> ? T : never;
type Worker = typeof worker extends fc.Arbitrary<infer T> ? T : never;
type Fleet = Readonly<Record<string, Worker>>;

function keyOf({ labels: pairs }: Series): string {
  return pairs
    .map((pair) => JSON.stringify(pair))
    .toSorted()
    .join();
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function line(name: string, pairs: readonly (readonly string[])[], sample: string): string {
  const inBraces = pairs.map(([label, text]) => `${label}="${escaped(text!)}"`).join(',');
  return `${name}${inBraces ? `{${inBraces}}` : ''} ${sample}`;
}

function expositionOf(told: Worker): string {
  const families = FAMILIES.map((name) => [
    `# HELP ${name} What ${name} \\n is`,
    `# TYPE ${name} gauge`,
    ...told[name].map((each) => line(name, each.labels, each.value)),
  ]);
  return `${families.flat().join('\n')}\n`;
}

function textsOf(told: Fleet): Map<number, string> {
  return new Map(Object.entries(told).map(([pmId, each]) => [Number(pmId), expositionOf(each)]));
}

const samplesOf = (text: string) => text.split('\n').filter((each) => each !== '' && !each.startsWith('#'));
const commentsOf = (text: string) => text.split('\n').filter((each) => each.startsWith('#'));

describe('the merged exposition', () => {
  it('has every sample of every worker once, with the worker as its first label', () => {
    fc.assert(
      fc.property(fleet, (told) => {
        const expected = Object.entries(told).flatMap(([pmId, each]) =>
          FAMILIES.flatMap((name) =>
            each[name].map((one) => line(name, [['worker', pmId], ...one.labels], one.value)),
          ),
        );
        const { text, malformed } = mergeExpositions(textsOf(told));
        expect(malformed).toEqual([]);
        expect(samplesOf(text).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('describes every family once, before its samples, whatever order the workers come in', () => {
    fc.assert(
      fc.property(fleet, (told) => {
        const texts = textsOf(told);
        const { text } = mergeExpositions(texts);
        const expected = FAMILIES.flatMap((name) => [
          `# HELP ${name} What ${name} \\n is`,
          `# TYPE ${name} gauge`,
        ]);
        expect(commentsOf(text)).toEqual(texts.size > 0 ? expected : []);
        expect(mergeExpositions(new Map([...texts].toReversed())).text).toBe(text);
      }),
    );
  });

  it('can be merged again', () => {
    fc.assert(
      fc.property(fleet, (told) => {
        const { text } = mergeExpositions(textsOf(told));
        const again = mergeExpositions(new Map([['all', text]]));
        expect(again.malformed).toEqual([]);
        expect(samplesOf(again.text)).toHaveLength(samplesOf(text).length);
      }),
    );
  });

  it('is never an exception, and has nothing of a worker whose text broke off in a line', () => {
    const good = '# TYPE alpha gauge\nalpha 1\n';
    fc.assert(
      fc.property(worker, fc.nat(), (told, at) => {
        const whole = expositionOf(told);
        const broken = whole.slice(0, at % whole.length);
        fc.pre(broken !== '' && !broken.endsWith('\n'));
        const texts = new Map([
          [0, good],
          [1, broken],
        ]);
        expect(mergeExpositions(texts)).toMatchObject({
          text: mergeExpositions(new Map([[0, good]])).text,
          malformed: [1],
        });
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void mergeExpositions(new Map([[0, `${text}\n`]])),
      ),
    );
  });

  it.each([
    ['no end of the last line', 'a 1'],
    ['no value', 'a\n'],
    ['a value that is no number', 'a one\n'],
    ['no space', 'a1\n'],
    ['a quote that is not closed', 'a{b="c} 1\n'],
    ['an escape that there is not', String.raw`a{b="\t"} 1` + '\n'],
    ['a brace that is not closed', 'a{b="c" 1\n'],
    ['a comma alone', 'a{,} 1\n'],
    ['a label twice', 'a{b="c",b="d"} 1\n'],
    ['a sample twice', 'a{b="c",d="e"} 1\na{d="e",b="c"} 2\n'],
    ['a type twice', '# TYPE a gauge\n# TYPE a gauge\n'],
    ['a type behind a sample', 'a 1\n# TYPE a gauge\n'],
    ['an unknown type', '# TYPE a stateset\na 1\n'],
    ['help twice', '# HELP a A\n# HELP a B\n'],
    ['a page of HTML', '<html></html>\n'],
    ['JSON', '{"status":"ok"}\n'],
  ])('skips a worker whose text has %s', (_fault, text) => {
    expect(mergeExpositions(new Map([[3, text]]))).toEqual({ text: '', malformed: [3], conflicts: [] });
  });

  it('reads what other clients write: spaces, commas at the end, comments, empty lines', () => {
    const text = '# EOF\n\n#  \n a { b = "c" , } 1e3 \t-5\t\n#\nb{} -Inf\n';
    expect(mergeExpositions(new Map([[0, text]])).text).toBe(
      '# TYPE a untyped\na{worker="0",b="c"} 1e3 \t-5\n# TYPE b untyped\nb{worker="0"} -Inf\n',
    );
  });

  it('keeps the parts of a histogram and of a summary in their family', () => {
    const histogram = (count: number) =>
      `# HELP h H\n# TYPE h histogram\nh_bucket{le="+Inf"} ${count}\nh_sum 1\nh_count ${count}\n` +
      `# TYPE s summary\ns{quantile="0.5"} 1\ns_sum 2\ns_count 1\nother_count 7\n`;
    const texts = new Map([
      [1, histogram(2)],
      [0, histogram(1)],
    ]);
    expect(mergeExpositions(texts).text.split('\n')).toEqual([
      '# HELP h H',
      '# TYPE h histogram',
      'h_bucket{worker="0",le="+Inf"} 1',
      'h_sum{worker="0"} 1',
      'h_count{worker="0"} 1',
      'h_bucket{worker="1",le="+Inf"} 2',
      'h_sum{worker="1"} 1',
      'h_count{worker="1"} 2',
      '# TYPE other_count untyped',
      'other_count{worker="0"} 7',
      'other_count{worker="1"} 7',
      '# TYPE s summary',
      's{worker="0",quantile="0.5"} 1',
      's_sum{worker="0"} 2',
      's_count{worker="0"} 1',
      's{worker="1",quantile="0.5"} 1',
      's_sum{worker="1"} 2',
      's_count{worker="1"} 1',
      '',
    ]);
  });

  it('renames a label of that name, as Prometheus does', () => {
    expect(mergeExpositions(new Map([[0, 'a{worker="x"} 1\n']])).text).toContain(
      'a{worker="0",exported_worker="x"} 1\n',
    );
  });

  it('leaves a family out for a worker that says it is of another type', () => {
    const texts = new Map([
      [1, '# TYPE a counter\na 2\nb 1\n'],
      [0, '# TYPE a gauge\na 1\n'],
    ]);
    expect(mergeExpositions(texts)).toEqual({
      text: '# TYPE a gauge\na{worker="0"} 1\n# TYPE b untyped\nb{worker="1"} 1\n',
      malformed: [],
      conflicts: [{ source: 1, family: 'a' }],
    });
  });
});
