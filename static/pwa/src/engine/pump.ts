import { stopReason } from './contact'
import { backoffMs, type Engine, type Stopped } from './context'
import { pushFiles, type FilesPushed } from './files'
import { housekeepHourly } from './housekeeping'
import { NoAnswer, Refusal } from './http'
import { waiting } from './outbox'
import { pull, type Pulled } from './pull'
import { pushText, type TextPushed } from './push'

export type Wake = 'open' | 'online' | 'timer' | 'save' | 'tap'

/** What one run did. `ran` is false when another tab is at it, or a timer came before the back-off was over. */
export interface Pumped {
  ran: boolean
  why: 'done' | 'busy' | 'waiting' | 'signed_out'
  text: TextPushed | null
  pulled: Pulled | null
  files: FilesPushed | null
  stopped: Stopped | null
  /** Device time (ms) of the next sensible try, or null when nothing waits. */
  nextAt: number | null
}

interface Pause {
  tries: number
  next_at: number
}

const HEARTBEAT_MS = 600_000

const idle = (why: Pumped['why'], nextAt: number | null): Pumped => ({
  ran: false,
  why,
  text: null,
  pulled: null,
  files: null,
  stopped: null,
  nextAt,
})

/**
 * One run: text first, then what is new, then photos. Never asks whether there is a network: it tries, and what the
 * server says counts. Safe to call at any moment and from any tab.
 */
export async function pump(engine: Engine, wake: Wake): Promise<Pumped> {
  const ran = await engine.exclusive(`pump:${engine.store.name}`, () => run(engine, wake))
  return ran ?? idle('busy', null)
}

async function run(engine: Engine, wake: Wake): Promise<Pumped> {
  if (!engine.wire.csrf) return idle('signed_out', null)
  const pause = (await engine.store.getMeta<Pause>('pause')) ?? { tries: 0, next_at: 0 }
  const now = engine.clock.source.wall()
  // A clock set back must not put us to sleep for a year: no pause is longer than the longest back-off.
  if (wake === 'timer' && pause.next_at > now && pause.next_at - now < 1_200_000) return idle('waiting', pause.next_at)

  const out: Pumped = { ran: true, why: 'done', text: null, pulled: null, files: null, stopped: null, nextAt: null }
  try {
    out.text = await pushText(engine, await heartbeatDue(engine))
    out.stopped = out.text.stopped
    if (!out.stopped || out.stopped === 'error' || out.stopped === 'later') {
      engine.progress({ phase: 'pull', done: 0, total: 1 })
      out.pulled = await pull(engine)
    }
    for (let round = 0; round < 20 && (out.stopped === null || out.stopped === 'error'); round += 1) {
      const files = await pushFiles(engine, async () => round < 19 && out.stopped === null && (await waiting(engine.store)).length > 0)
      out.files = out.files ? { ...files, uploaded: out.files.uploaded + files.uploaded, bytes: out.files.bytes + files.bytes } : files
      if (files.stopped) out.stopped = files.stopped
      if (out.stopped !== null || (await waiting(engine.store)).length === 0) break
      // A report was saved while photos were on their way: its text goes before the next photo.
      out.text = add(out.text, await pushText(engine, false))
      out.stopped = out.text.stopped
    }
  } catch (error) {
    if (!(error instanceof NoAnswer) && !(error instanceof Refusal)) throw error
    out.stopped = stopReason(error) ?? 'error'
  }
  out.nextAt = await remember(engine, out, pause)
  if (out.stopped === null) await housekeepHourly(engine)
  return out
}

async function heartbeatDue(engine: Engine): Promise<boolean> {
  const last = (await engine.store.getMeta<number>('heartbeat_at')) ?? 0
  const now = engine.clock.source.wall()
  if (now - last < HEARTBEAT_MS && now >= last) return false
  await engine.store.setMeta('heartbeat_at', now)
  return true
}

async function remember(engine: Engine, out: Pumped, before: Pause): Promise<number | null> {
  const now = engine.clock.source.wall()
  if (out.stopped === null) {
    if (before.tries > 0) await engine.store.setMeta('pause', { tries: 0, next_at: 0 })
    await engine.store.setMeta('synced_at', new Date(engine.clock.corrected()).toISOString())
    return out.files?.nextAt ?? null
  }
  const tries = before.tries + 1
  const wait = out.text?.retryAfterMs ?? backoffMs(tries, engine.random)
  await engine.store.setMeta('pause', { tries, next_at: now + wait })
  return now + wait
}

function add(a: TextPushed, b: TextPushed): TextPushed {
  return {
    done: a.done + b.done,
    refused: a.refused + b.refused,
    conflict: a.conflict + b.conflict,
    aside: a.aside + b.aside,
    resent: a.resent + b.resent,
    stopped: b.stopped,
    retryAfterMs: b.retryAfterMs,
  }
}
