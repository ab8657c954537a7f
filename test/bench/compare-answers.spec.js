import { differenceBetween } from './compare-answers.js';

const target = (name, ...answers) => ({
  name,
  answers: answers.map((answer, index) => ({ request: `GET /${index}`, answer })),
});

describe('differenceBetween', () => {
  it('finds none in equal answers, whatever the order of their keys', () => {
    expect(differenceBetween(target('a', { x: 1, y: [2] }), target('b', { y: [2], x: 1 }))).toBeUndefined();
  });

  it('names the request, the place and both values', () => {
    const one = target('a', 200, { items: [{ id: 1 }, { id: 2 }] });
    const other = target('b', 200, { items: [{ id: 1 }, { id: 3 }] });
    expect(differenceBetween(one, other)).toBe('GET /1: the answer.items.1.id of a is 2, of b 3.');
  });

  it('sees what is missing on either side', () => {
    expect(differenceBetween(target('a', { id: 1 }), target('b', { id: 1, extra: null }))).toContain(
      'the answer.extra',
    );
    expect(differenceBetween(target('a', [1, 2]), target('b', [1]))).toContain('the answer.1 of a is 2');
    expect(differenceBetween(target('a', null), target('b'))).toContain('of b undefined');
  });
});
