import { readCommandLine } from './command-line.js';

const targets = [{ name: 'evernest' }, { name: 'plain' }];
const scenarios = [
  { number: 1, name: 'loop', isQuick: true, without: { part: 'the watchdog' } },
  { number: 2, name: 'leak' },
  { number: 12, name: 'kill', isQuick: true },
  { number: 32, name: 'soak', only: 'evernest' },
];

function read(line) {
  const complaints = [];
  const writeErr = (text) => complaints.push(text);
  const options = readCommandLine(
    line.split(' ').filter(Boolean),
    { targets, scenarios },
    { writeErr, writeOut: writeErr },
  );
  return { options, complaint: complaints.join('') };
}

describe('the command line of the chaos suite', () => {
  it('tries everything on the service unless told otherwise', () => {
    expect(read('').options).toEqual({
      scenarios,
      targets: [targets[0]],
      without: false,
      quick: false,
      list: false,
      seed: 1,
      soakMs: 1_800_000,
    });
  });

  it('takes scenarios by number and by name, in the order of the table and each once', () => {
    expect(read('--only 12,loop,1').options.scenarios).toEqual([scenarios[0], scenarios[2]]);
  });

  it('takes several targets', () => {
    expect(read('--target plain,evernest').options.targets).toEqual(targets);
  });

  it('leaves to --quick what is short', () => {
    expect(read('--quick').options.scenarios).toEqual([scenarios[0], scenarios[2]]);
  });

  it('leaves to --without what has a part that can be switched off', () => {
    expect(read('--without').options.scenarios).toEqual([scenarios[0]]);
  });

  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
  ])('reads --soak %s', (text, ms) => {
    expect(read(`--soak ${text}`).options.soakMs).toBe(ms);
  });

  it.each([
    ['--only 99', /There is no scenario "99"; there are loop, leak, kill, soak\./],
    ['--target nest', /There is no target "nest"/],
    ['--soak 0s', /such as 90s, 30m or 24h/],
    ['--soak 30', /such as 90s, 30m or 24h/],
    ['--seed -1', /whole number/],
    ['--seed 4294967296', /up to 4294967295/],
    ['--only leak --without', /none can be run like that/],
    ['--only soak --target plain', /none can be run like that/],
    ['--fast', /unknown option/],
    ['everything', /too many arguments/],
  ])('refuses %s and says why', (line, why) => {
    const { options, complaint } = read(line);
    expect([options, complaint]).toEqual([64, expect.stringMatching(why)]);
  });
});
