import type { Clock } from './clock'
import type { Wire } from './http'
import type { DeviceFacts } from './protocol'
import type { Exclusive } from './lock'
import type { Store } from './store'

/** Why a run ended before its work did. Never an error of the worker; nothing is lost in any of them. */
export type Stopped = 'offline' | 'captive' | 'later' | 'unauthenticated' | 'password_change' | 'outdated' | 'error'

export interface Progress {
  phase: 'text' | 'pull' | 'files'
  /** Items finished and known in this run. */
  done: number
  total: number
}

/** Everything the engine needs from outside: nothing else is reached for, so a test can play all of it. */
export interface Engine {
  store: Store
  wire: Wire
  clock: Clock
  deviceId: string
  exclusive: Exclusive
  /** What the fleet screen wants to know about this phone. */
  facts: () => Promise<Omit<DeviceFacts, 'unsent' | 'oldest_unsent_at' | 'device_time'>>
  /** False while originals should wait for Wi-Fi. */
  originalsAllowed: () => boolean
  progress: (progress: Progress) => void
  /** 0..1, for the jitter of the back-off. */
  random: () => number
}

/** Wait before try number `tries` (1, 2, …): 5 s doubling to 15 minutes, spread by a quarter. */
export function backoffMs(tries: number, random: () => number): number {
  const base = Math.min(5_000 * 2 ** Math.max(0, tries - 1), 900_000)
  return Math.round(base * (0.875 + random() * 0.25))
}
