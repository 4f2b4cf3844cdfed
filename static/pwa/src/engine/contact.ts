import type { Engine, Stopped } from './context'
import { NoAnswer, Refusal } from './http'

/** Remember the server's time and that it was reached. */
export async function learnTime(engine: Engine, serverTime: string, sentAt: number, cameAt: number): Promise<void> {
  const anchor = engine.clock.learn(serverTime, sentAt, cameAt)
  await engine.store.write(['meta'], async (tx) => {
    await tx.objectStore('meta').put(anchor, 'anchor')
    await tx.objectStore('meta').put(cameAt, 'contact_at')
  })
}

/** What a failed call means for the run, or null when it is the item's own trouble. */
export function stopReason(error: unknown): Stopped | null {
  if (error instanceof NoAnswer) return error.why === 'captive' ? 'captive' : 'offline'
  if (!(error instanceof Refusal)) return null
  if (error.status === 401) return 'unauthenticated'
  if (error.problem.code === 'password_change_required') return 'password_change'
  if (error.problem.code === 'protocol_outdated' || error.status === 426) return 'outdated'
  if (error.status === 429 || error.status === 503) return 'later'
  return null
}

/** Fetch a fresh CSRF token for the running session; true when there is one. */
export async function refreshCsrf(engine: Engine): Promise<boolean> {
  const answer = await engine.wire.call<{ csrf: string }>('GET', '/api/session')
  if (typeof answer.body?.csrf !== 'string') return false
  engine.wire.csrf = answer.body.csrf
  const session = await engine.store.getMeta<Record<string, unknown>>('session')
  if (session) await engine.store.setMeta('session', { ...session, csrf: answer.body.csrf })
  return true
}

/** True for a refusal that a fresh token may cure. */
export function isStaleToken(error: unknown): boolean {
  return error instanceof Refusal && error.status === 403 && /csrf/.test(error.problem.code)
}
