import { nodeVersionProblem } from './node-version.js';

const RANGE = '^20.19.0 || ^22.12.0 || >=24.0.0';

describe('nodeVersionProblem', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.99.1', '24.0.0', '24.0.0-nightly', '31.2.3'])(
    'accepts Node %s',
    (version) => {
      expect(nodeVersionProblem(version, RANGE)).toBeUndefined();
    },
  );

  it.each(['12.22.12', '18.20.8', '20.18.9', '21.7.3', '22.11.99', '23.11.0'])(
    'refuses Node %s',
    (version) => {
      expect(nodeVersionProblem(version, RANGE)).toContain(`this is Node ${version}`);
    },
  );

  it('names the needed versions', () => {
    expect(nodeVersionProblem('18.20.8', RANGE)).toContain(`needs Node ${RANGE}`);
  });

  it('does not guess what an unknown comparison means', () => {
    expect(() => nodeVersionProblem('20.19.0', '~20.19.0')).toThrow('cannot read ~20.19.0');
  });
});
