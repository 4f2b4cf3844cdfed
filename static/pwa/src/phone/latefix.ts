import { zh } from '@/words/zh'
import { fixNow } from './place'
import { say } from './sync'

const GIVE_UP_MS = 120_000
const STEP_MS = 3_000

/** A visit was saved before the phone knew its place: if a fix comes soon, it follows as its own small event. */
export function watchLateFix(visitId: string, label: string, taskId: string): void {
  const from = Date.now()
  let watchId: number | null = null
  if (navigator.geolocation) watchId = navigator.geolocation.watchPosition(() => undefined, () => undefined, { enableHighAccuracy: true })
  const timer = setInterval(() => {
    const place = fixNow()
    if (!place && Date.now() - from < GIVE_UP_MS) return
    clearInterval(timer)
    if (watchId !== null) navigator.geolocation.clearWatch(watchId)
    if (place) void say('visit.place', { visit_id: visitId, place }, label || zh.place.title, taskId)
  }, STEP_MS)
}
