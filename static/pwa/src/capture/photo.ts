import { sha256Hex } from '@/engine/hash'
import { newId } from '@/engine/ids'
import { blobKey } from '@/engine/outbox'
import type { Grade, Place } from '@/engine/protocol'
import type { BlobRow, Draft, DraftEvidence } from '@/engine/schema'

export const MAX_BYTES = 12 * 1024 * 1024
const DISPLAY_SIDE = 1600
const DISPLAY_QUALITY = 0.82
/** Mean brightness (0-255) under which nobody could read a door number. */
const DARK = 26

/** Why a picture is not good enough to keep; each has its words in zh.camera. */
export class BadPhoto extends Error {
  constructor(readonly why: 'empty' | 'broken' | 'dark' | 'big') {
    super(why)
    this.name = 'BadPhoto'
  }
}

export interface Picture {
  /** The camera's own bytes, never touched. */
  original: ArrayBuffer
  sha256: string
  mime: string
  display: { bytes: ArrayBuffer; sha256: string } | null
}

/** Hash the bytes as they came, then look at a copy. Throws BadPhoto. */
export async function readPicture(blob: Blob): Promise<Picture> {
  if (blob.size === 0) throw new BadPhoto('empty')
  if (blob.size > MAX_BYTES) throw new BadPhoto('big')
  const original = await blob.arrayBuffer()
  const sha256 = await sha256Hex(original)
  const mime = mimeOf(new Uint8Array(original, 0, Math.min(16, original.byteLength)))
  if (!mime) throw new BadPhoto('broken')
  if (mime === 'image/heic') return { original, sha256, mime, display: null } // browsers cannot draw it; the server can
  const bitmap = await decode(original, mime)
  try {
    if (brightness(bitmap) < DARK) throw new BadPhoto('dark')
    return { original, sha256, mime, display: await displayCopy(bitmap) }
  } finally {
    bitmap.close()
  }
}

async function decode(bytes: ArrayBuffer, mime: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes], { type: mime }), { imageOrientation: 'from-image' })
  } catch (error) {
    console.info('picture does not decode', error)
    throw new BadPhoto('broken')
  }
}

function canvasOf(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: width <= 64 })
  if (!context) throw new BadPhoto('broken')
  return { canvas, context }
}

function brightness(bitmap: ImageBitmap): number {
  const side = 48
  const { context } = canvasOf(side, side)
  context.drawImage(bitmap, 0, 0, side, side)
  const { data } = context.getImageData(0, 0, side, side)
  let sum = 0
  for (let at = 0; at < data.length; at += 4) sum += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
  return sum / (side * side)
}

async function displayCopy(bitmap: ImageBitmap): Promise<{ bytes: ArrayBuffer; sha256: string }> {
  const scale = Math.min(1, DISPLAY_SIDE / Math.max(bitmap.width, bitmap.height))
  const { canvas, context } = canvasOf(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)))
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const blob = await blobOf(canvas, 'image/jpeg', DISPLAY_QUALITY)
  const bytes = await blob.arrayBuffer()
  return { bytes, sha256: await sha256Hex(bytes) }
}

export function blobOf(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob && blob.size > 0 ? resolve(blob) : reject(new BadPhoto('empty'))), type, quality)
  })
}

/** What the first bytes say the file is; names and declared types are not asked. */
function mimeOf(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head)
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.slice(4, 8) === 'ftyp' && /^(heic|heix|hevc|mif1|msf1)/.test(text.slice(8))) return 'image/heic'
  return null
}

/** One piece of evidence and its bytes, ready to be saved with the draft. */
export function evidenceOf(
  draft: Draft,
  item: { item: string; label: string },
  picture: Picture,
  facts: { grade: Grade; grade_reason?: string; made_at: string; place: Place | null },
): { entry: DraftEvidence; blobs: BlobRow[] } {
  const id = newId()
  const common = { evidence_id: id, task_id: draft.task_id, visit_id: draft.id, at: facts.made_at }
  const blobs: BlobRow[] = [
    { ...common, key: blobKey(id, 'original'), role: 'original', sha256: picture.sha256, size: picture.original.byteLength, mime: picture.mime, bytes: picture.original },
  ]
  const display = picture.display ? { sha256: picture.display.sha256, size: picture.display.bytes.byteLength } : null
  if (picture.display && display) blobs.push({ ...common, ...display, key: blobKey(id, 'display'), role: 'display', mime: 'image/jpeg', bytes: picture.display.bytes })
  const entry: DraftEvidence = {
    id,
    item: item.item,
    name: item.label,
    sha256: picture.sha256,
    size: picture.original.byteLength,
    mime: picture.mime,
    display,
    grade: facts.grade,
    made_at: facts.made_at,
    ...(facts.grade_reason ? { grade_reason: facts.grade_reason } : {}),
    ...(facts.place ? { place: facts.place } : {}),
  }
  return { entry, blobs }
}
