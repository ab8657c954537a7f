/** The service door cannot be opened; the message names the place and the reason. */
export class ServiceDoorError extends Error {
  override readonly name = 'ServiceDoorError';
}
