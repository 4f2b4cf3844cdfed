import { asProblem, NoAnswer, Refusal, retryAfter, type Wire } from './http'
import { sha256Hex, toBase64 } from './hash'
import type { Role } from './schema'

export const CHUNK = 256 * 1024
const VERSION = '1.0.0'
const CHUNK_TIMEOUT_MS = 120_000

export interface TusFile {
  bytes: ArrayBuffer
  sha256: string
  evidence_id: string
  role: Role
  /** Where an earlier run got to. */
  url: string | null
}

/** Told after every step the server confirmed, so that a killed page resumes there. */
export type Saved = (url: string, offset: number) => Promise<void>

/** Send one file to its end over tus 1.0.0, resuming by HEAD. Resolves when the server holds all bytes; returns bytes sent. */
export async function push(wire: Wire, file: TusFile, saved: Saved): Promise<number> {
  const length = file.bytes.byteLength
  let sent = 0
  let { url, offset } = await locate(wire, file)
  await saved(url, offset)
  let wrong = 0
  while (offset < length) {
    const chunk = new Uint8Array(file.bytes, offset, Math.min(CHUNK, length - offset))
    const response = await patch(wire, url, offset, chunk)
    if (response.status === 204) {
      const next = offsetOf(response)
      if (next <= offset || next > length) throw new NoAnswer('captive', `offset ${next} after ${offset}`)
      sent += next - offset
      offset = next
      wrong = 0
      await saved(url, offset)
      continue
    }
    wrong += 1
    if (wrong > 4) throw await refusal(response)
    if (response.status === 409) offset = (await head(wire, url)) ?? 0
    else if (response.status === 404 || response.status === 410) {
      ;({ url, offset } = await create(wire, file))
      await saved(url, offset)
    } else if (response.status !== 460) throw await refusal(response)
    // 460: the chunk arrived damaged and was thrown away; the same bytes go again from the same offset.
  }
  return sent
}

async function locate(wire: Wire, file: TusFile): Promise<{ url: string; offset: number }> {
  if (file.url) {
    const offset = await head(wire, file.url)
    if (offset !== null) return { url: file.url, offset }
  }
  return create(wire, file)
}

async function create(wire: Wire, file: TusFile): Promise<{ url: string; offset: number }> {
  const words = { sha256: file.sha256, evidence: file.evidence_id, role: file.role }
  const metadata = Object.entries(words).map(([key, value]) => `${key} ${btoa(value)}`)
  const response = await tus(wire, 'POST', '/api/uploads', {
    'Upload-Length': String(file.bytes.byteLength),
    'Upload-Metadata': metadata.join(','),
  })
  if (response.status !== 201) throw await refusal(response)
  const location = response.headers.get('Location')
  if (!location) throw new NoAnswer('captive', 'upload created without a place')
  const offset = response.headers.get('Upload-Offset')
  return { url: pathOf(location), offset: offset === null ? 0 : Number(offset) }
}

/** Bytes the server holds, or null when it knows this upload no longer. */
async function head(wire: Wire, url: string): Promise<number | null> {
  const response = await tus(wire, 'HEAD', url, {})
  if (response.status === 404 || response.status === 410) return null
  if (!response.ok) throw await refusal(response)
  return offsetOf(response)
}

async function patch(wire: Wire, url: string, offset: number, chunk: Uint8Array<ArrayBuffer>): Promise<Response> {
  const digest = new Uint8Array((await sha256Hex(chunk)).match(/../g)!.map((pair) => parseInt(pair, 16)))
  const headers = {
    'Content-Type': 'application/offset+octet-stream',
    'Upload-Offset': String(offset),
    'Upload-Checksum': `sha256 ${toBase64(digest)}`,
  }
  return tus(wire, 'PATCH', url, headers, chunk)
}

async function tus(wire: Wire, method: string, path: string, extra: Record<string, string>, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers: Record<string, string> = { 'Tus-Resumable': VERSION, ...extra }
  if (method !== 'HEAD' && wire.csrf) headers['X-CSRF-Token'] = wire.csrf
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error' }
  if (body) init.body = body
  const response = await wire.raw(path, init, CHUNK_TIMEOUT_MS)
  const ours = response.headers.get('Tus-Resumable') === VERSION
  const problem = /^application\/problem\+json/i.test(response.headers.get('Content-Type') ?? '')
  // A gateway's page must never pass for a stored photo.
  if (!ours && !problem && response.status !== 404) throw new NoAnswer('captive', `${method} ${path} answered ${response.status} without tus`)
  return response
}

function offsetOf(response: Response): number {
  const offset = Number(response.headers.get('Upload-Offset') ?? NaN)
  if (!Number.isSafeInteger(offset) || offset < 0) throw new NoAnswer('captive', 'answer without an offset')
  return offset
}

async function refusal(response: Response): Promise<Refusal> {
  let body: unknown = null
  try {
    body = await response.json()
  } catch (error) {
    body = { unreadable: String(error) } // HEAD and bare statuses have no body: the status speaks
  }
  return new Refusal(response.status, asProblem(body, response.status), retryAfter(response), body)
}

function pathOf(location: string): string {
  return location.replace(/^https?:\/\/[^/]+/, '')
}
