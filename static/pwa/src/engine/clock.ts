/** What the phone knows about time: its own clock is a claim, the server's last word is an anchor. */
export interface Anchor {
  /** Server time at the anchor, RFC 3339. */
  at: string
  /** Device clock minus server clock, ms: positive when the phone is ahead. */
  skew_ms: number
  /** Reading of the monotonic clock of this page at the anchor; meaningless in another page's life. */
  monotonic: number
  page: string
}

export interface ClockClaim {
  skew_ms: number | null
  anchor_at: string | null
  monotonic_ms: number | null
}

export interface ClockSource {
  wall: () => number
  monotonic: () => number
  /** Names one life of the page, so that a monotonic reading is never compared across lives. */
  page: string
}

export const deviceClock: ClockSource = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  page: `${Math.round(performance.timeOrigin)}`,
}

/** Warn the worker from this skew on. */
export const SKEW_WARN_MS = 120_000

export class Clock {
  anchor: Anchor | null = null

  constructor(readonly source: ClockSource = deviceClock) {}

  /** Device time as the phone claims it. */
  nowIso(): string {
    return new Date(this.source.wall()).toISOString()
  }

  /** Learn from one answer: the server's word stands for the middle of the round trip. A slow answer teaches less. */
  learn(serverTime: string, sentAt: number, cameAt: number): Anchor | null {
    const server = Date.parse(serverTime)
    if (!Number.isFinite(server) || cameAt < sentAt || cameAt - sentAt > 30_000) return this.anchor
    const middle = (sentAt + cameAt) / 2
    this.anchor = { at: serverTime, skew_ms: Math.round(middle - server), monotonic: this.source.monotonic(), page: this.source.page }
    return this.anchor
  }

  /** Now, as the server would say: the anchor plus monotonic time in the same page life, else the corrected wall clock. */
  corrected(): number {
    const anchor = this.anchor
    if (!anchor) return this.source.wall()
    if (anchor.page === this.source.page) return Date.parse(anchor.at) + (this.source.monotonic() - anchor.monotonic)
    return this.source.wall() - anchor.skew_ms
  }

  /** The facts that go beside a claimed time. */
  claim(): ClockClaim {
    const anchor = this.anchor
    if (!anchor) return { skew_ms: null, anchor_at: null, monotonic_ms: null }
    const same = anchor.page === this.source.page
    return {
      skew_ms: anchor.skew_ms,
      anchor_at: anchor.at,
      monotonic_ms: same ? Math.round(this.source.monotonic() - anchor.monotonic) : null,
    }
  }
}

/** Local date in Shanghai (`YYYY-MM-DD`), whatever zone the phone is set to: the district has had no other offset since 1991. */
export function shanghaiDate(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** Hour (0-23) and weekday (0 = Sunday) in Shanghai. */
export function shanghaiHour(at: number): { hour: number; weekday: number } {
  const local = new Date(at + 8 * 3_600_000)
  return { hour: local.getUTCHours() + local.getUTCMinutes() / 60, weekday: local.getUTCDay() }
}
