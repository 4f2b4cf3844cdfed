/** What this browser keeps between visits: the court's public keys and the signed status list. */

export interface KeySet { keys: unknown[] }
export interface Memory { court: { name: string; hotline: string } | null; keys: KeySet | null; keysAt: string | null; status: unknown; statusAt: string | null }

const NAME = 'grid-verify-1'
const EMPTY: Memory = { court: null, keys: null, keysAt: null, status: null, statusAt: null }

/** Read what was kept; a browser that keeps nothing (private window) gives an empty memory. */
export function recall(): Memory {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Memory>) }
  } catch {
    return { ...EMPTY }
  }
}

/** Keep what changed; true when it was written. */
export function keep(change: Partial<Memory>): boolean {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...recall(), ...change }))
    return true
  } catch {
    return false
  }
}
