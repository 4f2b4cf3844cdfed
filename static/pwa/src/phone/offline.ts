import { shallowRef } from 'vue'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** What works without network: the shell (service worker active) and the scanner (its wasm kept). */
export const shellReady = shallowRef(false)
export const scannerReady = shallowRef(false)
/** A newer version is installed and waits for the worker's word. */
export const updateWaiting = shallowRef<ServiceWorker | null>(null)

export { wasmUrl }

/** Register the service worker; an update never takes over by itself. */
export async function startOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/' })
  shellReady.value = registration.active !== null
  if (registration.waiting && navigator.serviceWorker.controller) updateWaiting.value = registration.waiting
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'activated') shellReady.value = true
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) updateWaiting.value = fresh
    })
  })
  void navigator.serviceWorker.ready.then(() => {
    shellReady.value = true
  })
  // A phone may keep the page open for days: look for a new version every hour.
  setInterval(() => void registration.update().catch((error: unknown) => console.info('no update check now', error)), 3_600_000)
}

/** Switch to the waiting version; drafts are in IndexedDB and stay as they are. */
export function applyUpdate(): void {
  const waiting = updateWaiting.value
  if (!waiting) return
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage({ type: 'SKIP_WAITING' })
}

/** Wait until this page's requests pass through the service worker. */
async function controlled(): Promise<void> {
  await navigator.serviceWorker.ready
  if (navigator.serviceWorker.controller) return
  await new Promise<void>((resolve) => navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true }))
}

/** Keep the scanner for offline use once the line has proved good; the service worker stores it. */
export async function warmScanner(): Promise<void> {
  if (scannerReady.value || !('serviceWorker' in navigator)) return
  try {
    await controlled()
    const response = await fetch(wasmUrl)
    await response.arrayBuffer()
    scannerReady.value = response.ok
  } catch (error) {
    console.info('scanner not kept yet', error)
  }
}
