import { openDB, type IDBPDatabase } from 'idb'
import { newId } from './ids'
import type { Wire } from './http'
import type { Session } from './session'
import { Store } from './store'
import { countUnsent, unsent } from './unsent'

/** Who uses this phone. Each worker has a database and a device number of their own, so that two never mix. */
interface Seat {
  person_id: string
  name: string
  device_id: string
  /** What was typed to sign in, so that the next sign-in carries the right device. */
  identifiers: string[]
}

const DEVICE_DB = 'grid-device'
const databaseOf = (personId: string): string => `grid-${personId}`

async function device(): Promise<IDBPDatabase> {
  return openDB(DEVICE_DB, 1, {
    upgrade(db) {
      db.createObjectStore('seats', { keyPath: 'person_id' })
      db.createObjectStore('meta')
    },
  })
}

export interface SignedIn {
  session: Session
  store: Store
  deviceId: string
}

/** Sign in over the wire and open (or make) this worker's database. Throws NoAnswer or Refusal. */
export async function signIn(wire: Wire, identifier: string, password: string, label: string): Promise<SignedIn> {
  const db = await device()
  try {
    const seats = (await db.getAll('seats')) as Seat[]
    const guess = seats.find((seat) => seat.identifiers.includes(identifier))
    const offered = guess?.device_id ?? newId()
    let session = await post(wire, identifier, password, offered, label)
    const seat = seats.find((entry) => entry.person_id === session.person.id)
    if (seat && seat.device_id !== offered) session = await post(wire, identifier, password, seat.device_id, label)
    const deviceId = seat?.device_id ?? offered
    const identifiers = [...new Set([...(seat?.identifiers ?? []), identifier])]
    await db.put('seats', { person_id: session.person.id, name: session.person.name, device_id: deviceId, identifiers } satisfies Seat)
    await db.put('meta', session.person.id, 'current')
    const store = new Store(databaseOf(session.person.id))
    await keepSession(store, session)
    wire.csrf = session.csrf
    return { session, store, deviceId }
  } finally {
    db.close()
  }
}

async function post(wire: Wire, identifier: string, password: string, device_id: string, device_label: string): Promise<Session> {
  const body = { identifier, password, device_id, device_label }
  return (await wire.call<Session>('POST', '/api/session', { body })).body
}

async function keepSession(store: Store, session: Session): Promise<void> {
  await store.setMeta('session', session)
}

/** A quick note of who sits here, kept outside IndexedDB so that a start need not open two databases. */
export interface SeatNote {
  read: () => string | null
  write: (text: string | null) => void
}

/** Open the database of whoever used the phone last, without any network; null after a sign-out. */
export async function resume(wire: Wire, note: SeatNote | null = null): Promise<SignedIn | null> {
  const seat = noted(note) ?? (await seatOnRecord())
  if (!seat) return null
  const store = new Store(databaseOf(seat.person_id))
  const session = await store.getMeta<Session>('session')
  if (!session) return null
  wire.csrf = session.csrf
  note?.write(JSON.stringify({ person_id: seat.person_id, device_id: seat.device_id }))
  return { session, store, deviceId: seat.device_id }
}

function noted(note: SeatNote | null): Pick<Seat, 'person_id' | 'device_id'> | null {
  const text = note?.read()
  if (!text) return null
  const seat = JSON.parse(text) as Partial<Seat>
  return seat.person_id && seat.device_id ? { person_id: seat.person_id, device_id: seat.device_id } : null
}

async function seatOnRecord(): Promise<Seat | null> {
  const db = await device()
  try {
    const current = (await db.get('meta', 'current')) as string | undefined
    return current ? (((await db.get('seats', current)) as Seat | undefined) ?? null) : null
  } finally {
    db.close()
  }
}

/** Change the password; the session then counts as full. */
export async function changePassword(wire: Wire, store: Store, old_password: string, new_password: string): Promise<void> {
  await wire.call('POST', '/api/password', { body: { old_password, new_password } })
  const session = await store.getMeta<Session>('session')
  if (session) await keepSession(store, { ...session, must_change_password: false })
}

/** Signing out would have deleted work that exists nowhere else. */
export class UnsentWork extends Error {
  constructor(readonly count: number) {
    super(`${count} unsent`)
    this.name = 'UnsentWork'
  }
}

/**
 * Sign out. `purge` deletes this worker's data from the phone and throws UnsentWork, touching nothing, while any of it
 * is unsent; `keep` leaves all data for the next sign-in. The server is told when it can be reached.
 */
export async function signOut(wire: Wire, store: Store, how: 'purge' | 'keep'): Promise<{ told: boolean }> {
  if (how === 'purge') {
    const count = countUnsent(await unsent(store))
    if (count > 0) throw new UnsentWork(count)
  }
  let told = true
  try {
    await wire.call('DELETE', '/api/session', { timeoutMs: 8_000 })
  } catch (error) {
    told = false // the cookie dies at the server later; this phone forgets its half now
    if (!(error instanceof Error)) throw error
  }
  wire.csrf = null
  const db = await device()
  try {
    await db.delete('meta', 'current')
    if (how === 'purge') await db.delete('seats', store.name.slice('grid-'.length))
  } finally {
    db.close()
  }
  if (how === 'purge') {
    await store.close()
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(store.name)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error ?? new Error('the database could not be deleted'))
      request.onblocked = () => resolve() // another tab still shows it; it goes when that tab closes
    })
  } else {
    await store.write(['meta'], async (tx) => {
      await tx.objectStore('meta').delete('session')
    })
    await store.close()
  }
  return { told }
}
