import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { GridDb, StoreName } from './schema'

/** The phone is full: nothing was written, what was there before is untouched. */
export class StorageFull extends Error {
  constructor(cause: unknown) {
    super('storage full')
    this.name = 'StorageFull'
    this.cause = cause
  }
}

export type Tx<Mode extends IDBTransactionMode> = IDBPTransaction<GridDb, StoreName[], Mode>

/** One worker's database on this phone. Every write is one strict transaction: it is on disk when the promise resolves. */
export class Store {
  private opened: Promise<IDBPDatabase<GridDb>> | null = null
  private readonly listeners = new Set<(stores: StoreName[]) => void>()
  private readonly channel: BroadcastChannel | null

  constructor(readonly name: string) {
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
    if (this.channel) this.channel.onmessage = (event) => this.tell(event.data as StoreName[])
  }

  /** All of `work` reads one consistent state. */
  async read<T>(stores: StoreName[], work: (tx: Tx<'readonly'>) => Promise<T>): Promise<T> {
    return this.withDb(async (db) => {
      const tx = db.transaction(stores, 'readonly')
      const [value] = await Promise.all([work(tx), tx.done])
      return value
    })
  }

  /** All of `work` or nothing. Throws StorageFull when the phone has no room. */
  async write<T>(stores: StoreName[], work: (tx: Tx<'readwrite'>) => Promise<T>): Promise<T> {
    const value = await this.withDb(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
      // Both outcomes are awaited: a failed put aborts the transaction, and the abort carries the real reason.
      const finished = tx.done.then(
        () => null,
        (error: unknown) => error ?? new Error('transaction aborted'),
      )
      let failure: unknown = null
      let result: T | undefined
      try {
        result = await work(tx)
      } catch (error) {
        failure = error
        try {
          tx.abort()
        } catch (late) {
          if (!isNamed(late, 'InvalidStateError')) throw late // already aborted by the failed put itself
        }
      }
      const aborted = await finished
      if (isNamed(failure, 'QuotaExceededError') || isNamed(aborted, 'QuotaExceededError')) throw new StorageFull(failure ?? aborted)
      if (failure) throw failure
      if (aborted) throw aborted
      return result as T
    })
    this.tell(stores)
    this.channel?.postMessage(stores)
    return value
  }

  async getMeta<T>(key: string): Promise<T | undefined> {
    return this.read(['meta'], async (tx) => (await tx.objectStore('meta').get(key)) as T | undefined)
  }

  async setMeta(key: string, value: unknown): Promise<void> {
    await this.write(['meta'], async (tx) => {
      await tx.objectStore('meta').put(value, key)
    })
  }

  /** Be told which stores changed, in this tab or another; returns the way to stop. */
  onChange(listener: (stores: StoreName[]) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.channel?.close()
    const opened = this.opened
    this.opened = null
    if (opened) (await opened).close()
  }

  private tell(stores: StoreName[]): void {
    for (const listener of this.listeners) listener(stores)
  }

  /** Browsers close databases behind our back (sleep, memory): open again once and repeat. */
  private async withDb<T>(work: (db: IDBPDatabase<GridDb>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open())
    } catch (error) {
      if (!isNamed(error, 'InvalidStateError')) throw error
      this.opened = null
      return work(await this.open())
    }
  }

  private open(): Promise<IDBPDatabase<GridDb>> {
    this.opened ??= openDB<GridDb>(this.name, 1, {
      upgrade(db) {
        db.createObjectStore('meta')
        db.createObjectStore('tasks', { keyPath: 'id' })
        db.createObjectStore('messages', { keyPath: 'id' })
        db.createObjectStore('drafts', { keyPath: 'id' }).createIndex('by_task', 'task_id')
        db.createObjectStore('blobs', { keyPath: 'key' }).createIndex('by_visit', 'visit_id')
        db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('by_seq', 'seq', { unique: true })
        db.createObjectStore('sent', { keyPath: 'id' }).createIndex('by_seq', 'seq')
        db.createObjectStore('uploads', { keyPath: 'key' }).createIndex('by_visit', 'visit_id')
        db.createObjectStore('reference', { keyPath: 'key' })
      },
      terminated: () => {
        this.opened = null
      },
      blocking: (_current, _blocked, event) => {
        // A newer version waits in another tab: step aside, and open again at the next use.
        this.opened = null
        ;(event.target as unknown as IDBDatabase).close()
      },
    }).catch((error: unknown) => {
      this.opened = null
      throw isNamed(error, 'QuotaExceededError') ? new StorageFull(error) : error
    })
    return this.opened
  }
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && (error as { name?: string }).name === name
}
