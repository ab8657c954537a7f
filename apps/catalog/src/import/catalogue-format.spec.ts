import { recogniseFormat } from './catalogue-format.js';

describe('recogniseFormat', () => {
  it("recognises Project Gutenberg's catalogue by its columns", () => {
    const format = recogniseFormat(['Title', 'Text#', 'Type']);
    expect(format.read(['A title', '7', 'Text'])).toMatchObject({
      sourceKey: 'gutenberg:7',
      title: 'A title',
    });
    expect(format.read(['A title', '7', 'Sound'])).toBeUndefined();
  });

  it('recognises a plain CSV by its title, in any order and case', () => {
    const format = recogniseFormat(['LANGUAGES', ' Title ']);
    expect(format.read(['de', 'Faust'])).toMatchObject({ title: 'Faust', languages: ['de'] });
  });

  it('tells which columns it does not read, but not those of a rejects file', () => {
    const header = ['title', 'shelf', '', 'price', 'rejectedLine', 'rejectedColumn', 'rejectedReason'];
    expect(recogniseFormat(header).ignored).toEqual(['shelf', 'price']);
    expect(recogniseFormat(['Text#', 'Type', 'Title', 'LoCC', 'Subjects']).ignored).toEqual([]);
  });

  it.each([[['a', 'b']], [['']], [['Text#', 'Type']], [['titles']]])(
    'says what it expects instead of %j',
    (header) => {
      expect(() => recogniseFormat(header)).toThrow(
        /^does not start with a header that has a title column \(title,authors,.*\) or those of Project Gutenberg/,
      );
    },
  );

  it('refuses a header that names a column twice', () => {
    expect(() => recogniseFormat(['title', 'isbn', 'Title'])).toThrow('has the column Title more than once');
  });

  it.each([[['only one']], [['1', '2', '3']]])('refuses the fields %j under two columns', (fields) => {
    expect(() => recogniseFormat(['title', 'isbn']).read(fields)).toThrow(
      `has ${fields.length} fields where the header has 2`,
    );
  });
});
