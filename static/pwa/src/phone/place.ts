import { onScopeDispose, shallowRef } from 'vue'
import type { Place, PlaceClaim } from '@/engine/protocol'

/** The phone's last fix while a page that wants one is open. Nothing ever waits for it. */
export const fix = shallowRef<{ lng: number; lat: number; accuracy_m: number; at: number } | null>(null)
export const noFix = shallowRef<'timeout' | 'denied' | 'off'>('timeout')

let users = 0
let watchId: number | null = null

/** Look for the place while this page (or the next one that asks) is open; never in the background. */
export function keepPlace(): void {
  users += 1
  if (watchId === null) start()
  onScopeDispose(() => {
    users -= 1
    // The next page of the same errand mounts at once: give it a moment before letting go.
    setTimeout(() => {
      if (users > 0 || watchId === null) return
      navigator.geolocation.clearWatch(watchId)
      watchId = null
    }, 2_000)
  })
}

function start(): void {
  if (!navigator.geolocation) {
    noFix.value = 'off'
    return
  }
  watchId = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      fix.value = { lng: coords.longitude, lat: coords.latitude, accuracy_m: Math.round(coords.accuracy), at: timestamp }
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) noFix.value = 'denied'
      else if (error.code === error.POSITION_UNAVAILABLE) noFix.value = 'off'
    },
    { enableHighAccuracy: true, maximumAge: 30_000, timeout: 60_000 },
  )
}

const OLD_MS = 600_000

/** The place as it can be claimed now: the last fix with its age, or why there is none. */
export function placeNow(now: number = Date.now()): PlaceClaim {
  const place = fixNow(now)
  return place ?? { none_reason: noFix.value }
}

export function fixNow(now: number = Date.now()): Place | null {
  const last = fix.value
  if (!last || now - last.at > OLD_MS) return null
  return { lng: last.lng, lat: last.lat, accuracy_m: last.accuracy_m, age_s: Math.max(0, Math.round((now - last.at) / 1000)), source: 'browser' }
}

export const isPlace = (claim: PlaceClaim | null): claim is Place => claim !== null && 'lng' in claim
