import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { readCsvRows, type CsvRow } from './csv-rows.js';

describe('readCsvRows', () => {
  it('numbers rows by their first line, also after fields of several lines and blank lines', async () => {
    expect(
      await read('title,year\n"two\nlines",1\n\nnext,2\r\n\r\n"three\r\n\r\nlines",3\r\nlast,4'),
    ).toEqual([
      { line: 1, fields: ['title', 'year'] },
      { line: 2, fields: ['two\nlines', '1'] },
      { line: 5, fields: ['next', '2'] },
      { line: 7, fields: ['three\r\n\r\nlines', '3'] },
      { line: 10, fields: ['last', '4'] },
    ]);
  });

  it('leaves the byte order mark out', async () => {
    expect(await read('\u{feff}title\nOne\n')).toEqual([
      { line: 1, fields: ['title'] },
      { line: 2, fields: ['One'] },
    ]);
  });

  it.each(['', '\n', '\u{feff}', 'a'])('reads %j to its end', async (text) => {
    expect((await read(text)).length).toBe(text === 'a' ? 1 : 0);
  });

  it.each([
    ['5" disk,1', 0, 'has a quote inside a value that is not quoted'],
    ['x,"5" disk"', 1, 'has text after its closing quote'],
    ['x,"never closed', 1, 'opens a quote that is not closed properly'],
  ])('gives %s up and goes on with the next line', async (bad, place, reason) => {
    const rows = await read(`a,b\nfirst,1\n${bad}\n"se\ncond",2\nthird,3\n`);
    expect(rows).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['first', '1'] },
      { line: 3, fields: [bad], fault: { place, reason } },
      { line: 4, fields: ['se\ncond', '2'] },
      { line: 6, fields: ['third', '3'] },
    ]);
  });

  it('gives a quote up that is still open after a mebibyte', async () => {
    const rows = await read(`a,b\n"open,1\n${'x,y\n'.repeat(300_000)}`);
    expect(rows.length).toBe(300_002);
    expect(rows[1]).toMatchObject({ line: 2, fault: { place: 0 } });
    expect(rows.at(-1)).toEqual({ line: 300_002, fields: ['x', 'y'] });
  });

  it('gives a line up that is longer than a mebibyte, and keeps little of it', async () => {
    const chunk = 'x'.repeat(256 * 1024);
    const rows = await read('a,b\n', ...Array<string>(20).fill(chunk), '\nlast,1\n');
    expect(rows.map(({ line, fault }) => [line, fault?.reason])).toEqual([
      [1, undefined],
      [2, 'is longer than 1048576 bytes'],
      [3, undefined],
    ]);
    expect(rows[1]?.fields[0]?.length).toBeLessThan(2_000_000);
  });

  it('names the field that is not UTF-8, and reads the others', async () => {
    const latin1 = Buffer.from('title,year\nZoë,1\nCafé,2\nPlain,3\n', 'latin1');
    expect(await read(latin1)).toEqual([
      { line: 1, fields: ['title', 'year'] },
      { line: 2, fields: ['Zo\u{fffd}', '1'], fault: broken(0) },
      { line: 3, fields: ['Caf\u{fffd}', '2'], fault: broken(0) },
      { line: 4, fields: ['Plain', '3'] },
    ]);
  });

  it('takes an encoded lone surrogate for what it is: no UTF-8', async () => {
    const [, row] = await read(Buffer.concat([Buffer.from('a,b\nx,'), Buffer.from([0xed, 0xa0, 0x80])]));
    expect(row?.fault).toEqual(broken(1));
  });

  it('names the field with the NUL character', async () => {
    expect((await read('a,b\nx,y\0\n'))[1]?.fault).toEqual({
      place: 1,
      reason: 'contains the NUL character',
    });
  });

  it('gives the same rows however the file is cut into chunks', async () => {
    const text = Buffer.from(
      '\u{feff}a,b\r\n"ü\n""quoted""",1\n\n5" disk,2\nx,"open\n日本,"3"\n"mixed"x,4\nlast,\u{1f600}',
    );
    const whole = await read(text);
    expect(whole.length).toBe(7);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, index) => text.subarray(places[index], end));
        expect(await read(...chunks)).toEqual(whole);
      }),
    );
  });

  it('reads back whatever is written as CSV', async () => {
    const field = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !/[\0\u{fffd}]/u.test(text));
    const record = fc.array(field, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (records, record_delimiter, bom) => {
          const text = stringify(records, { record_delimiter, bom, quoted_match: /[\r\n]|^\u{feff}/u });
          expect((await read(text)).map(({ fields }) => fields)).toEqual(records);
        },
      ),
    );
  });

  it('survives any bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const pieces = fc
      .constantFrom('"', ',', '\n', '\r\n', 'a', '""', '\u{feff}')
      .map((text) => Buffer.from(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, bytes), { maxLength: 60 }), async (parts) => {
        const rows = await read(Buffer.concat(parts));
        const lines = rows.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].toSorted((a, b) => a - b));
      }),
    );
  });
});

function broken(place: number) {
  return { place, reason: 'is not valid UTF-8; is the file Latin-1?' };
}

async function read(...chunks: (string | Uint8Array)[]): Promise<CsvRow[]> {
  let rows: CsvRow[] = [];
  for await (const block of readCsvRows(stream(chunks))) rows = rows.concat(block);
  return rows;
}

async function* stream(chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk as Uint8Array);
}
