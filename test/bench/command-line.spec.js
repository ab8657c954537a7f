import { readCommandLine } from './command-line.js';

const targets = [{ name: 'plain' }, { name: 'nest' }, { name: 'evernest' }];
const workloads = [{ name: 'read' }, { name: 'write' }];

function read(line) {
  const complaints = [];
  const writeErr = (text) => complaints.push(text);
  const options = readCommandLine(
    line.split(' ').filter(Boolean),
    { targets, workloads },
    { writeErr, writeOut: writeErr },
  );
  return { options, complaint: complaints.join('') };
}

describe('the command line of the benchmark', () => {
  it('measures everything and the start unless told otherwise', () => {
    expect(read('').options).toEqual({
      targets,
      workloads,
      startup: true,
      baseline: 'plain',
      rounds: 10,
      seconds: 1,
      list: false,
    });
  });

  it('takes names in any order and each once', () => {
    const { options } = read('--only evernest,plain,evernest --workload write');
    expect(options).toMatchObject({
      targets: [targets[0], targets[2]],
      workloads: [workloads[1]],
      startup: false,
    });
  });

  it('measures the start alone, or beside workloads', () => {
    expect(read('--startup').options).toMatchObject({ startup: true, workloads: [] });
    expect(read('--startup --workload read').options).toMatchObject({
      startup: true,
      workloads: [workloads[0]],
    });
  });

  it('compares with the first target that is measured', () => {
    expect(read('--only nest,evernest').options.baseline).toBe('nest');
    expect(read('--baseline nest').options.baseline).toBe('nest');
  });

  it('makes one short round of a quick run', () => {
    expect(read('--quick --rounds 20').options).toMatchObject({ quick: true, rounds: 1, seconds: 0 });
  });

  it.each([
    ['--only plian', 'There is no target "plian"; there are plain, nest, evernest.'],
    ['--workload reed', 'There is no workload "reed"; there are read, write.'],
    ['--baseline express', 'There is no target "express"'],
    ['--only nest --baseline plain', '--baseline plain is not among the targets of --only'],
    ['--rounds 0', 'It must be a whole number from 1 to 99999.'],
    ['--rounds many', 'It must be a whole number from 1 to 99999.'],
    ['--seconds 0', 'It must be a number from 0.1 to 600.'],
    ['--fast', "unknown option '--fast'"],
    ['evernest', 'too many arguments'],
  ])('refuses %s in a sentence and exits with 64', (line, sentence) => {
    const { options, complaint } = read(line);
    expect(options).toBe(64);
    expect(complaint).toContain(sentence);
  });

  it('explains itself and exits with 0', () => {
    const { options, complaint } = read('--help');
    expect(options).toBe(0);
    expect(complaint).toContain('Exit codes:');
  });
});
