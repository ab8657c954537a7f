import { runInNewContext } from 'node:vm';
import { describeError, isError } from './error-description.js';

function causes(error: Error): unknown {
  return describeError(error)['causes'];
}

describe('describeError', () => {
  it('tells the whole chain of causes, the nearest first', () => {
    const root = new RangeError('root');
    const error = new Error('top', { cause: new TypeError('middle', { cause: root }) });
    expect(causes(error)).toMatchObject([
      { name: 'TypeError', message: 'middle', stack: expect.stringContaining('TypeError: middle') },
      { name: 'RangeError', message: 'root', stack: root.stack },
    ]);
  });

  it('goes ten causes deep', () => {
    let error = new Error('0');
    for (let depth = 1; depth <= 30; depth += 1) error = new Error(String(depth), { cause: error });
    expect(causes(error)).toHaveLength(10);
  });

  it('ends where causes go in a circle', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(causes(first)).toMatchObject([{ message: 'second' }]);
  });

  it('tells the errors of an AggregateError and their causes, at most twenty', () => {
    const refused = new Error('refused', { cause: new Error('firewall') });
    expect(causes(new AggregateError([refused, new Error('timeout')], 'all failed'))).toMatchObject([
      { message: 'refused' },
      { message: 'timeout' },
      { message: 'firewall' },
    ]);
    const many = Array.from({ length: 1000 }, (_, index) => new Error(String(index)));
    expect(causes(new AggregateError(many))).toHaveLength(20);
  });

  it('is not held up by errors that share their causes', () => {
    let error: Error = new Error('root');
    for (let depth = 0; depth < 10; depth += 1)
      error = new AggregateError(Array.from({ length: 20 }).fill(error));
    expect(causes(error)).toHaveLength(10);
  });

  it('tells causes that are not errors', () => {
    expect(causes(new Error('x', { cause: 'out of paper' }))).toEqual([
      { name: 'string', message: 'out of paper' },
    ]);
    expect(causes(new Error('x', { cause: { status: 500 } }))).toEqual([
      { name: 'object', value: { status: 500 } },
    ]);
  });

  it('tells what was added to an error and its causes', () => {
    const cause = Object.assign(new Error('inner'), { code: '23505', detail: 'Key exists.' });
    const error = Object.assign(new Error('outer', { cause }), {
      status: 409,
      causes: 'mine',
      stack: 'at x',
    });
    expect(describeError(error)).toEqual({
      name: 'Error',
      message: 'outer',
      code: undefined,
      stack: 'at x',
      status: 409,
      causes: [expect.objectContaining({ message: 'inner', code: '23505', detail: 'Key exists.' })],
    });
  });

  it('survives getters that throw', () => {
    const error = Object.defineProperty(new Error('x'), 'stack', {
      get: () => {
        throw new Error('no stack');
      },
    });
    expect(describeError(error)).toMatchObject({ message: 'x', stack: '[unreadable]' });
  });

  it('knows errors of other realms, and nothing that only looks like one', () => {
    expect(isError(runInNewContext('new Error("x")'))).toBe(true);
    expect(isError({ name: 'Error', message: 'x' })).toBe(false);
  });
});
