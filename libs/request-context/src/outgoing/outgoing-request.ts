/** A request to another service, before it is sent. */
export interface OutgoingRequest {
  /** @param name in lower case */
  has(name: string): boolean;
  add(name: string, value: string): void;
}
