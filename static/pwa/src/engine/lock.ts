/** Run `work` while no other tab does the same; `null` when another one is at it. */
export type Exclusive = <T>(name: string, work: () => Promise<T>) => Promise<T | null>

interface Locks {
  request: <T>(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<T | null>) => Promise<T | null>
}

const held = new Set<string>()

/** Web Locks across tabs; where they are absent, one at a time within this page. */
export const exclusive: Exclusive = async (name, work) => {
  const locks = (globalThis.navigator as { locks?: Locks } | undefined)?.locks
  if (locks) return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : null))
  // Without Web Locks two tabs may pump at once: the server answers the same mutation the same way, so that only costs bytes.
  if (held.has(name)) return null
  held.add(name)
  try {
    return await work()
  } finally {
    held.delete(name)
  }
}
