/** Where the visit was against where the address is, on a flat sketch: no map tiles leave the court. */
import type { Address, Evidence, Place, Visit } from '../api/types'

export interface Dot { x: number; y: number; label: string; kind: 'address' | 'visit' | 'photo' | 'earlier'; radius: number }

const EARTH = 6_378_245
const ECC = 0.00669342162296594323

function shift(lng: number, lat: number): [number, number] {
  const x = lng - 105
  const y = lat - 35
  const wave = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + wave
  dLat += (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) + (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  let dLng = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + wave
  dLng += (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) + (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  const rad = (lat / 180) * Math.PI
  const magic = 1 - ECC * Math.sin(rad) ** 2
  return [(dLng * 180) / ((EARTH / Math.sqrt(magic)) * Math.cos(rad) * Math.PI), (dLat * 180) / (((EARTH * (1 - ECC)) / (magic * Math.sqrt(magic))) * Math.PI)]
}

/** WGS-84 from what the address was recorded in; the raw numbers stay as they are in the record. */
export function toWgs84(lng: number, lat: number, datum: string | null): [number, number] {
  if ((datum ?? '').toLowerCase().replace(/[^a-z0-9]/g, '') !== 'gcj02') return [lng, lat]
  const [dLng, dLat] = shift(lng, lat)
  return [lng - dLng, lat - dLat]
}

interface Spot { lng: number; lat: number; label: string; kind: Dot['kind']; radius: number }

function spot(place: Place | null | undefined, label: string, kind: Dot['kind']): Spot[] {
  return place?.lng !== undefined && place.lat !== undefined ? [{ lng: place.lng, lat: place.lat, label, kind, radius: place.accuracy_m ?? 0 }] : []
}

/** Dots in metres around the address (or the visit, when the address has no point); x east, y north. */
export function plot(address: Address | null, visit: Visit, earlier: Visit[], nameOf: (item: Evidence) => string): Dot[] {
  const spots: Spot[] = []
  if (address?.lng != null && address.lat != null) {
    const [lng, lat] = toWgs84(address.lng, address.lat, address.datum)
    spots.push({ lng, lat, label: '登记地址', kind: 'address', radius: 0 })
  }
  spots.push(...earlier.flatMap((one) => spot(one.place, `第 ${one.ordinal} 次走访`, 'earlier')))
  spots.push(...visit.evidence.flatMap((item) => spot(item.place, nameOf(item), 'photo')))
  spots.push(...spot(visit.place, `第 ${visit.ordinal} 次走访`, 'visit'))
  const origin = spots[0]
  if (!origin) return []
  const perLng = 111_320 * Math.cos((origin.lat / 180) * Math.PI)
  return spots.map((one) => ({ x: (one.lng - origin.lng) * perLng, y: (one.lat - origin.lat) * 110_574, label: one.label, kind: one.kind, radius: one.radius }))
}

/** A round number of metres for the scale bar, at most a third of the width. */
export function niceScale(span: number): number {
  for (const step of [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000]) if (step >= span / 6) return step
  return 500_000
}
