import type { StoredAnswer } from './stored-answer.js';

/** An answer that is being made, for all who ask for it meanwhile. */
export class Flight {
  /** Fulfilled with the answer, or with undefined if nothing came of it that others may have. */
  readonly landed: Promise<StoredAnswer | undefined>;
  private settle: (answer: StoredAnswer | undefined) => void = () => {};

  constructor(
    readonly key: string,
    readonly version: number,
  ) {
    this.landed = new Promise((resolve) => (this.settle = resolve));
  }

  land(answer: StoredAnswer | undefined): void {
    this.settle(answer);
  }
}

/** The answers that are being made, at most one for each URL that others can wait for. */
export class Flights {
  private readonly flights = new Map<string, Flight>();

  /** The one to wait for: whoever asks now gets what has not changed since it began. */
  find(key: string, version: number): Flight | undefined {
    const flight = this.flights.get(key);
    return flight?.version === version ? flight : undefined;
  }

  /** Takes the place of one that began before something changed; those who wait for that keep waiting for it. */
  begin(key: string, version: number): Flight {
    const flight = new Flight(key, version);
    this.flights.set(key, flight);
    return flight;
  }

  /** Ends it; ending it again does nothing. */
  end(flight: Flight, answer: StoredAnswer | undefined): void {
    if (this.flights.get(flight.key) === flight) this.flights.delete(flight.key);
    flight.land(answer);
  }
}
