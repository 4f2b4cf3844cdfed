/** UUIDv7 minted where the thing is born, so that a repeated click creates nothing twice. */
export function newId(now: number = Date.now()): string {
  const raw = crypto.getRandomValues(new Uint8Array(16))
  for (let at = 0; at < 6; at++) raw[at] = Math.floor(now / 2 ** (8 * (5 - at))) & 0xff
  raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x70
  raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
