import { Failure } from '../../scripts/failure.js';

/** Thrown where a machine lacks what a scenario needs: then nothing is said about the service. */
export class LeftOut extends Failure {
  name = 'LeftOut';
}
