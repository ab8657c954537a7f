import { HttpException } from '@nestjs/common';
import { Problem } from './problem.js';
import { problemTable } from './problem-table.js';

const SHOP_PROBLEMS = problemTable({
  SHOP_CLOSED: { status: 409, title: 'The shop is closed' },
});

describe('problemTable', () => {
  it('makes a problem of the code, with what this occurrence adds', () => {
    const cause = new Error('no keys');
    const problem = SHOP_PROBLEMS.SHOP_CLOSED({
      detail: 'It opens at nine.',
      errors: [{ field: 'at', message: 'is too early' }],
      headers: { 'Retry-After': '60' },
      cause,
    });
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toBeInstanceOf(HttpException);
    expect(problem).toMatchObject({
      code: 'SHOP_CLOSED',
      title: 'The shop is closed',
      detail: 'It opens at nine.',
      message: 'It opens at nine.',
      errors: [{ field: 'at', message: 'is too early' }],
      headers: { 'Retry-After': '60' },
    });
    expect(problem.getStatus()).toBe(409);
    expect(problem.cause).toBe(cause);
  });

  it('lists its definitions for the documentation', () => {
    expect(Object.entries(SHOP_PROBLEMS.table)).toEqual([
      ['SHOP_CLOSED', { status: 409, title: 'The shop is closed' }],
    ]);
    expect(Object.isFrozen(SHOP_PROBLEMS.table)).toBe(true);
  });

  it('says of each code what its occurrences have in common', () => {
    const { code, status, title } = SHOP_PROBLEMS.SHOP_CLOSED;
    expect({ code, status, title }).toEqual({
      code: 'SHOP_CLOSED',
      status: 409,
      title: 'The shop is closed',
    });
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'NO_SUCH_CODE'])(
    'knows nothing under the name %s',
    (name) => {
      expect((SHOP_PROBLEMS as unknown as Record<string, unknown>)[name]).toBeUndefined();
      expect((SHOP_PROBLEMS.table as unknown as Record<string, unknown>)[name]).toBeUndefined();
    },
  );

  it.each([200, 399, 600, 404.5, Number.NaN])('refuses the status %p', (status) => {
    expect(() => problemTable({ ODD: { status, title: 'Odd' } })).toThrow(/ODD has the status/);
  });
});
