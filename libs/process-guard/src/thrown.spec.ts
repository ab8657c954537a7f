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

  it.each([
    [10n, '10'],
    [Symbol('s'), 'Symbol(s)'],
    [{ an: 'object' }, '[object Object]'],
  ])('has a text for a message that is none: %p', (message, text) => {
    const error = Object.assign(new Error('x'), { message });
    expect(messageOf(error)).toBe(text);
    expect(typeof stackOf(error)).toBe('string');
  });

  it('has a message and a stack of bounded length', () => {
    const error = new Error('x'.repeat(1_000_000));
    expect(messageOf(error).length).toBeLessThan(5000);
    expect(stackOf(error)?.length).toBeLessThan(40_000);
  });

  it('may be a proxy that throws at every touch', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(messageOf(proxy)).toBe('something that cannot be turned into text');
    expect(stackOf(proxy)).toBeNull();
  });

  it('has the stacks of all errors of an aggregate, and causes that are no errors', () => {
    const error = new AggregateError(
      [new Error('first'), new Error('second', { cause: 'the disk is gone' })],
      'both',
    );
    expect(stackOf(error)).toMatch(/both.*first.*second.*Caused by: the disk is gone$/s);
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
