import { shallowRef } from 'vue'
import { changePassword, resume, signIn, signOut, type SignedIn } from '@/engine/account'
import { Clock, type Anchor } from '@/engine/clock'
import type { Engine } from '@/engine/context'
import { Wire } from '@/engine/http'
import { exclusive } from '@/engine/lock'
import type { Session } from '@/engine/session'
import type { Store } from '@/engine/store'
import { largeType, seatNote, wifiOnly } from './settings'
import { freeMb, isPersisted } from './storage'
import { onProgress } from './progress'

/** Who is signed in on this phone and the engine that works for them; null on the sign-in page. */
export interface Seat {
  session: Session
  store: Store
  engine: Engine
  deviceId: string
}

export const wire = new Wire()
export const clock = new Clock()
export const seat = shallowRef<Seat | null>(null)
export const APP_VERSION = __APP_VERSION__

async function sit({ session, store, deviceId }: SignedIn): Promise<Seat> {
  clock.anchor = (await store.getMeta<Anchor>('anchor')) ?? null
  const engine: Engine = {
    store,
    wire,
    clock,
    deviceId,
    exclusive,
    facts: async () => ({ free_mb: await freeMb(), persisted: await isPersisted(), app_version: APP_VERSION, large_type: largeType.value }),
    originalsAllowed: () => !wifiOnly.value || !isMetered(),
    progress: onProgress,
    random: Math.random,
  }
  seat.value = { session, store, engine, deviceId }
  return seat.value
}

/** Continue without network where the last worker left off. */
export async function resumeSeat(): Promise<Seat | null> {
  const found = await resume(wire, seatNote)
  return found ? sit(found) : null
}

export async function takeSeat(identifier: string, password: string): Promise<Seat> {
  seatNote.write(null) // the next start asks the record who came
  if (seat.value) await seat.value.store.close()
  const taken = await sit(await signIn(wire, identifier, password, deviceLabel()))
  clock.learn(taken.session.server_time, Date.now(), Date.now())
  return taken
}

export async function newPassword(old: string, fresh: string): Promise<void> {
  const current = seat.value
  if (!current) return
  await changePassword(wire, current.store, old, fresh)
  seat.value = { ...current, session: { ...current.session, must_change_password: false } }
}

/** Leave the seat; see engine/account for what `purge` refuses. */
export async function leaveSeat(how: 'purge' | 'keep'): Promise<void> {
  const current = seat.value
  if (!current) return
  await signOut(wire, current.store, how)
  seatNote.write(null)
  seat.value = null
}

/** A mobile line as far as the browser tells; unknown counts as unmetered, so nothing waits for ever. */
function isMetered(): boolean {
  const connection = (navigator as Navigator & { connection?: { type?: string; saveData?: boolean } }).connection
  return connection?.type === 'cellular' || connection?.saveData === true
}

/** A name by which the worker knows this phone in the list of sessions. */
function deviceLabel(): string {
  const agent = navigator.userAgent
  const model = /\(Linux; Android [^;]+; ([^)]+)\)/.exec(agent)?.[1]
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  return (model ? `${system} ${model}` : system || 'phone').slice(0, 60)
}
