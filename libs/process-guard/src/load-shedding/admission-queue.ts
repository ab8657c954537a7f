/** Work that is begun in one turn of the loop; whoever asks for health waits about that long. */
const SLICE_MS = 5;
/** Clients that ask again as soon as they are shed must not eat up the loop: each takes 0.05 to 0.1 ms. */
const WORK_PER_SHED_MS = 1;
const LONGEST_SLICE_MS = 100;
/** The most connections that are accepted before the next request is begun; libuv did as many in one turn once. */
const ACCEPTED_FIRST = 32;

/** More than passes between two looks, the process had no processor for, or was collecting garbage: nobody has waited in vain. */
const LONGEST_LOOK_MS = 200;

/** A request that is let in and not begun yet. */
export interface Waiting {
  begin(): void;
  /** Turns it away after all. */
  shed(): void;
  /** Whether there is nobody any more to answer; then it is not begun. */
  isGone(): boolean;
}

/**
 * Begins requests one by one, with a turn of the event loop between them. Node by itself would begin all that arrived
 * in one turn, however long that takes, and accept one new connection afterwards: health checks would wait for all.
 */
export class AdmissionQueue<One extends Waiting = Waiting> {
  private readonly waiting: { readonly request: One; readonly since: number }[] = [];
  /** For how long it has had somebody waiting, in ms; what waits was let in at a time by this clock. */
  private passedMs = 0;
  private lookedAtMs = 0;
  private shedInTurn = 0;
  private hasAccepted = false;
  private acceptedFirst = 0;
  private isTurnDue = false;

  /**
   * @param nowMs a monotonic clock
   * @param roomInMs 0 if one more can be begun now; else how soon to look again
   * @param isOverdue whether one that has waited for so long is to be turned away, where it cannot be begun now
   */
  constructor(
    private readonly nowMs: () => number,
    private readonly roomInMs: () => number,
    private readonly isOverdue: (waitedMs: number) => boolean,
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  /** Who waits, the longest first. */
  get requests(): readonly One[] {
    return this.waiting.map(({ request }) => request);
  }

  add(request: One): void {
    if (!this.isTurnDue) this.inNextTurn();
    if (this.waiting.length === 0) this.lookedAtMs = this.nowMs();
    this.waiting.push({ request, since: this.passedMs });
  }

  /** Those who have waited longest and left count no more. */
  forgetGone(): void {
    while (this.waiting[0]?.request.isGone()) this.waiting.shift();
  }

  /** Turns away who has waited longest. @returns false if nobody waits */
  shedOldest(): boolean {
    this.forgetGone();
    const oldest = this.waiting.shift()?.request;
    if (!oldest) return false;
    this.noteShed();
    oldest.shed();
    return true;
  }

  /** To be called for each request that is shed. */
  noteShed(): void {
    this.shedInTurn += 1;
  }

  /** To be called for each new connection. Node accepts one in a turn, so that more may be waiting. */
  noteConnection(): void {
    this.hasAccepted = true;
  }

  private inNextTurn(): void {
    this.isTurnDue = true;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    this.isTurnDue = false;
    if (this.hasAccepted && this.acceptedFirst < ACCEPTED_FIRST) {
      this.hasAccepted = false;
      this.acceptedFirst += 1;
      this.inNextTurn();
      return;
    }
    try {
      this.beginSome();
      this.shedOverdue();
    } finally {
      this.acceptedFirst = 0;
      this.shedInTurn = 0;
      if (this.waiting.length > 0) this.goOn();
    }
  }

  private goOn(): void {
    const ms = this.roomInMs();
    if (ms === 0) return this.inNextTurn();
    this.isTurnDue = true;
    setTimeout(() => this.turn(), ms);
  }

  private shedOverdue(): void {
    const nowMs = this.nowMs();
    this.passedMs += Math.min(nowMs - this.lookedAtMs, LONGEST_LOOK_MS);
    this.lookedAtMs = nowMs;
    this.forgetGone();
    while (this.waiting.length > 0 && this.isOverdue(this.passedMs - this.waiting[0]!.since))
      this.shedOldest();
  }

  private beginSome(): void {
    const sliceMs = Math.min(LONGEST_SLICE_MS, Math.max(SLICE_MS, this.shedInTurn * WORK_PER_SHED_MS));
    const endsAtMs = this.nowMs() + sliceMs;
    while (this.waiting.length > 0 && this.roomInMs() === 0) {
      const { request } = this.waiting.shift()!;
      if (!request.isGone()) request.begin();
      if (this.nowMs() >= endsAtMs) return;
    }
  }
}
