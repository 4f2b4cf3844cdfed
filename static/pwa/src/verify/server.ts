/** The few questions the page asks the court's server; null means it could not be asked. */
import type { PublishedKey } from '@/engine/keys'
import type { AnsweredState } from '@/engine/verdicts'

export interface KeysAnswer { keys: PublishedKey[]; court?: { name?: string; hotline?: string; duty_phone?: string } | string; hotline?: string }
export interface Answer {
  kind: string
  state: AnsweredState
  corrected_by?: string | null
  court?: string | { name?: string }
  hotline?: string
  case_no_masked?: string
  documents?: string[]
  worker_no?: string | number
  issued_at?: string
  confirmed?: boolean
  method_label?: string
  server_time?: string
  token?: string
}
/** Asked and answered, asked and not found, or not asked at all. */
export type Asked<T> = { ok: true; body: T } | { ok: false; reason: 'missing' | 'throttled' | 'offline' }

const PATIENCE_MS = 8_000

async function ask<T>(path: string): Promise<Asked<T>> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const response = await fetch(path, { signal: stop.signal, cache: 'no-store', credentials: 'omit', headers: { Accept: 'application/json' } })
    if (response.status === 404) return { ok: false, reason: 'missing' }
    if (response.status === 429) return { ok: false, reason: 'throttled' }
    if (!response.ok || !(response.headers.get('Content-Type') ?? '').includes('json')) return { ok: false, reason: 'offline' }
    return { ok: true, body: (await response.json()) as T }
  } catch {
    return { ok: false, reason: 'offline' } // no network, a captive portal or half an answer: the same to a resident
  } finally {
    clearTimeout(timer)
  }
}

export const askKeys = (): Promise<Asked<KeysAnswer>> => ask('/api/verify/keys')
export const askStatus = (): Promise<Asked<unknown>> => ask('/api/verify/snapshot')
export const askToken = (cti: string): Promise<Asked<Answer>> => ask(`/api/verify/${encodeURIComponent(cti)}`)
export const askCode = (code: string): Promise<Asked<Answer>> => ask(`/api/verify/code/${encodeURIComponent(code)}`)
