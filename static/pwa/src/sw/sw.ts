/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

const SCANNER_CACHE = 'scanner'

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

// The phone's pages come from the shell; the desk, the public page and the API belong to the server.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/desk(\/|$)/, /^\/[VvP](\/|$)/, /^\/api\//, /^\/\.well-known\//, /^\/(healthz|metrics)$/, /\.[a-z0-9]+$/i],
  }),
)

// The scanner is large, so it is not part of the install: kept at its first use or when the page warms it on a good line.
// Its name carries its hash, so a kept copy is never stale.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith('.wasm'),
  async ({ request }) => {
    const cache = await caches.open(SCANNER_CACHE)
    const kept = await cache.match(request.url)
    if (kept) return kept
    const fresh = await fetch(request)
    if (fresh.ok) {
      for (const old of await cache.keys()) await cache.delete(old)
      await cache.put(request.url, fresh.clone())
    }
    return fresh
  },
)

// The first page is taken over at once, so that one sign-in is enough to work without network; an update never gets here
// before the worker agreed to it.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// An update waits until the worker agrees to it: a page in the middle of a draft is never swapped under the hand.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})
