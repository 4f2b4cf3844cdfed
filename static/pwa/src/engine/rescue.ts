import { toBase64 } from './hash'
import type { BlobRow } from './schema'
import type { Store } from './store'
import { unsent } from './unsent'

/** A file of everything that exists on this phone only, for an officer to import when the phone cannot send. */
export const RESCUE_FORMAT = 'grid-rescue-1'
const KDF_ITERATIONS = 600_000

export interface RescueHead {
  format: typeof RESCUE_FORMAT
  made_at: string
  device_id: string
  person: { id: string; staff_no: string; name: string }
  counts: { mutations: number; drafts: number; files: number }
}

/** Build the file piece by piece, one photo in memory at a time. With a passphrase the content is sealed (AES-256-GCM). */
export async function rescueFile(
  store: Store,
  head: Omit<RescueHead, 'format' | 'counts'>,
  passphrase: string | null,
): Promise<{ file: Blob; counts: RescueHead['counts'] }> {
  const all = await unsent(store)
  const keys = await blobKeys(store)
  const counts = { mutations: all.waiting.length + all.aside.length + all.refused.length, drafts: all.drafts.length, files: keys.length }
  const seal = passphrase === null ? null : await Seal.from(passphrase)
  const parts: string[] = [
    `${JSON.stringify({ format: RESCUE_FORMAT, ...head, counts, sealed: seal?.header ?? null } satisfies RescueHead & { sealed: unknown }).slice(0, -1)},"records":[\n`,
  ]
  let first = true
  const add = async (record: unknown): Promise<void> => {
    const text = JSON.stringify(record)
    parts.push(first ? '' : ',\n', seal ? JSON.stringify(await seal.close(text)) : text)
    first = false
  }
  for (const row of [...all.waiting, ...all.aside]) await add({ kind: 'mutation', row })
  for (const row of all.refused) await add({ kind: 'refused', row })
  for (const draft of all.drafts) await add({ kind: 'draft', draft })
  for (const key of keys) {
    const blob = await store.read(['blobs'], (tx) => tx.objectStore('blobs').get(key))
    if (blob) await add({ kind: 'file', ...fileRecord(blob) })
  }
  parts.push('\n]}\n')
  return { file: new Blob(parts, { type: 'application/json' }), counts }
}

function fileRecord(blob: BlobRow): Omit<BlobRow, 'bytes'> & { base64: string } {
  const { bytes, ...facts } = blob
  return { ...facts, base64: toBase64(new Uint8Array(bytes)) }
}

/** Photos not confirmed by the server, those of drafts included. */
async function blobKeys(store: Store): Promise<string[]> {
  return store.read(['blobs', 'uploads'], async (tx) => {
    const done = new Set((await tx.objectStore('uploads').getAll()).filter((row) => row.state === 'done').map((row) => row.key))
    return (await tx.objectStore('blobs').getAllKeys()).filter((key) => !done.has(key))
  })
}

interface Sealed {
  iv: string
  data: string
}

class Seal {
  private constructor(
    private readonly key: CryptoKey,
    readonly header: { cipher: 'AES-256-GCM'; kdf: 'PBKDF2-SHA256'; iterations: number; salt: string },
  ) {}

  static async from(passphrase: string): Promise<Seal> {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    const key = await sealKey(passphrase, salt, KDF_ITERATIONS)
    return new Seal(key, { cipher: 'AES-256-GCM', kdf: 'PBKDF2-SHA256', iterations: KDF_ITERATIONS, salt: toBase64(salt) })
  }

  async close(text: string): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, new TextEncoder().encode(text))
    return { iv: toBase64(iv), data: toBase64(new Uint8Array(data)) }
  }
}

/** The key that a passphrase gives; also what a reader of the file needs. */
export async function sealKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, ['deriveKey'])
  const kdf = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(kdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
