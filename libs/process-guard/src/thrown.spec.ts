import { messageOf, stackOf } from './thrown.js';

describe('whatever was thrown', () => {
  it.each([
    [new Error('boom'), 'boom'],
    ['only a string', 'only a string'],
    [undefined, 'undefined'],
    [Symbol('odd'), 'Symbol(odd)'],
    [Object.create(null), 'something that cannot be turned into text'],
  ])('has a message: %p', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });

  it('has the stacks of its causes', () => {
    const error = new Error('outer', { cause: new TypeError('inner') });
    expect(stackOf(error)).toMatch(/^Error: outer\n.*\nCaused by: TypeError: inner\n/s);
  });

  it('has ten stacks at most, if it causes itself', () => {
    const error = new Error('circle');
    error.cause = error;
    expect(stackOf(error)?.match(/Caused by/g)).toHaveLength(9);
  });

  it.each(['a string', 7, null])('has no stack if it is no error: %p', (thrown) => {
    expect(stackOf(thrown)).toBeNull();
  });
});
