/// <reference lib="webworker" />
// The verification page offline: a resident who opened it once can check a code without network.
// It answers only for /V and its own files; API answers are never cached here (the page keeps keys itself).
declare const __VERIFY_FILES__: string[]
declare const __VERIFY_VERSION__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const files: string[] = __VERIFY_FILES__
const cacheName = `verify-${__VERIFY_VERSION__}`

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(['/V', ...files]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('verify-') && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (event.request.mode === 'navigate' && url.pathname === '/V') {
    // Network first, so that a corrected page reaches the resident; the cache answers when there is no network.
    event.respondWith(fetch(event.request).catch(() => fromCache('/V')))
    return
  }
  if (files.includes(url.pathname)) event.respondWith(fromCache(url.pathname))
})

async function fromCache(path: string): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(path)
}
