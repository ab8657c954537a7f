/** The whole fleet in numbers. An abstract class, so that Nest can inject it. */
export abstract class FleetMetrics {
  /** In Prometheus' text format 0.0.4. */
  abstract fleetExposition(): Promise<string>;
}
