/** What a person should know now, as the webhook receives it. */
export interface Alert {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Which service it is about. */
  readonly service: string;
  /** One sentence for a person. */
  readonly message: string;
  /** What kind of thing it is; the same one is told once in a while only. */
  readonly key: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
