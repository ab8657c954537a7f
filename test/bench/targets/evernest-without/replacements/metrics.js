/** Measures nothing. */
export class Metrics {
  contentType = 'text/plain';

  exposition() {
    return Promise.resolve('');
  }
}
