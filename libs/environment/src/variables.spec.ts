import fc from 'fast-check';
import { integerIn } from './parsers.js';
import { VariableReader } from './variables.js';

describe('a reader of variables', () => {
  it('takes blank ones for not set', () => {
    const reader = new VariableReader({ PORT: '  ', HOST: '' });
    expect(reader.text('HOST')).toBeUndefined();
    expect(reader.read('PORT', 3000, integerIn(0, 9), 'a digit')).toBe(3000);
    expect(reader.problems).toEqual([]);
  });

  it('takes null for what a variable means, not for wrong', () => {
    const reader = new VariableReader({ LOG: 'off' });
    expect(reader.read<string | null>('LOG', 'json', () => null, 'a format')).toBeNull();
    expect(reader.problems).toEqual([]);
  });

  it('collects a sentence for each that is wrong, goes on with the defaults, and tells no value', () => {
    const reader = new VariableReader({ PORT: 'secret', SIZE: '12' });
    expect(reader.read('PORT', 3000, integerIn(0, 9), 'a digit')).toBe(3000);
    expect(reader.read('SIZE', 1, integerIn(0, 9), 'small')).toBe(1);
    expect(reader.problems).toEqual(['PORT must be a digit.', 'SIZE must be small.']);
  });

  it('tells the values of those that are known to be no secrets', () => {
    const reader = new VariableReader({ PORT: '7"0' }, { tellsValueOf: ['PORT'] });
    reader.read('PORT', 3000, integerIn(0, 9), 'a digit');
    expect(reader.problems).toEqual(['PORT must be a digit, and is "7\\"0".']);
  });
});

describe('integerIn', () => {
  it('takes decimal digits within its bounds and nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.nat(), (value, least, span) => {
        const expected = value >= least && value <= least + span ? value : undefined;
        expect(integerIn(least, least + span)(String(value))).toBe(expected);
      }),
    );
    for (const text of ['1e3', '0x10', ' 5', '+5', '5.0', '٣', 'NaN']) {
      expect(integerIn(0, 1e9)(text)).toBeUndefined();
    }
  });
});
