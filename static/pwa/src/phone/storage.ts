/** Free room for this app in MB, or null when the browser does not say. */
export async function freeMb(): Promise<number | null> {
  const { quota, usage } = await estimate()
  return quota === null ? null : Math.round((quota - (usage ?? 0)) / 1_048_576)
}

export async function usedMb(): Promise<number | null> {
  const { usage } = await estimate()
  return usage === null ? null : Math.round(usage / 1_048_576)
}

async function estimate(): Promise<{ quota: number | null; usage: number | null }> {
  if (!navigator.storage?.estimate) return { quota: null, usage: null }
  const { quota, usage } = await navigator.storage.estimate()
  return { quota: quota ?? null, usage: usage ?? null }
}

export async function isPersisted(): Promise<boolean | null> {
  return navigator.storage?.persisted ? navigator.storage.persisted() : null
}

/** Ask the browser to keep our data; call it from a tap. */
export async function askPersist(): Promise<boolean> {
  return navigator.storage?.persist ? navigator.storage.persist() : false
}

/** Below this the camera asks for room first. */
export const LOW_MB = 60
