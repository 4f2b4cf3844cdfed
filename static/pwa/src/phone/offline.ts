import { shallowRef } from 'vue'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** What works without network: the shell (service worker active) and the scanner (its wasm kept). */
export const shellReady = shallowRef(false)
export const scannerReady = shallowRef(false)
/** A newer version is installed and waits for the worker's word. */
export const updateWaiting = shallowRef<ServiceWorker | null>(null)
/** Another window switched to a newer version under this page: the parts it has not loaded yet are gone. */
export const replaced = shallowRef(false)

export { wasmUrl }

/** Register the service worker; an update never takes over by itself. */
export async function startOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  let before = navigator.serviceWorker.controller
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (before) replaced.value = true // the first one only takes over the page that installed it
    before = navigator.serviceWorker.controller
  })
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

/** What must be on disk before the page is loaded anew, such as words typed a moment ago. */
export const beforeReload = new Set<() => Promise<void>>()

/** Load the page anew, at another place if asked; nothing typed is lost. */
export async function reload(to: string = location.href): Promise<void> {
  await Promise.allSettled([...beforeReload].map((write) => write()))
  if (new URL(to, location.href).href === location.href) location.reload()
  else location.assign(to)
}

/** Switch to the waiting version; drafts are in IndexedDB and stay as they are. */
export function applyUpdate(): void {
  const waiting = updateWaiting.value
  if (!waiting) return
  navigator.serviceWorker.addEventListener('controllerchange', () => void reload(), { once: true })
  waiting.postMessage({ type: 'SKIP_WAITING' })
}

/** The cache that src/sw/sw.ts answers the scanner from. */
const SCANNER_CACHE = 'scanner'

/**
 * Keep the scanner for offline use once the line has proved good. The page does it itself: on its first visit no
 * service worker stands between it and the network yet.
 */
export async function warmScanner(): Promise<void> {
  if (scannerReady.value || !('caches' in window)) return
  try {
    const cache = await caches.open(SCANNER_CACHE)
    if (!(await cache.match(wasmUrl))) await cache.add(wasmUrl)
    scannerReady.value = true
  } catch (error) {
    console.info('scanner not kept yet', error)
  }
}
