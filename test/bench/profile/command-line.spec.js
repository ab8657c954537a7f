import { readCommandLine } from './command-line.js';

const workloads = [{ name: 'read' }, { name: 'write' }];

function read(line) {
  const complaints = [];
  const writeErr = (text) => complaints.push(text);
  const options = readCommandLine(
    line.split(' ').filter(Boolean),
    { workloads },
    { writeErr, writeOut: writeErr },
  );
  return { options, complaint: complaints.join('') };
}

describe('the command line of the profiler', () => {
  it('profiles ten seconds of the first workload unless told otherwise', () => {
    expect(read('').options).toEqual({
      workload: workloads[0],
      seconds: 10,
      intervalUs: 200,
      top: 25,
      list: false,
    });
  });

  it('takes what it is told', () => {
    const line = '--workload write --seconds 2.5 --interval-us 50 --top 5 --out here --compare old --json -';
    expect(read(line).options).toEqual({
      workload: workloads[1],
      seconds: 2.5,
      intervalUs: 50,
      top: 5,
      out: 'here',
      compare: 'old',
      json: '-',
      list: false,
    });
  });

  it.each([
    ['--workload rest', 'There is no workload "rest"; there are read, write.'],
    ['--seconds 0', 'It must be a number from 0.1 to 600.'],
    ['--interval-us 49', 'It must be at least 50: V8 would do little but sample.'],
    ['--top none', 'It must be a whole number from 1 to 99999.'],
    ['--target evernest', "unknown option '--target'"],
    ['books', 'too many arguments'],
  ])('refuses %s', (line, sentence) => {
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
