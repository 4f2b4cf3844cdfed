import { toBase32 } from './base32'
import type { Reference } from './descriptor'
import type { TaskCard, Visit } from './protocol'
import type { OutboxRow, SentRow } from './schema'
import { importKeys, parseQrText, verifyToken, type Checked } from './verify'

/** What a scanned text is to this task, decided on the phone alone. */
export type PacketVerdict = 'ok' | 'wrong' | 'forged' | 'expired' | 'used' | 'revoked' | 'unknown_key' | 'not_ours' | 'too_new' | 'slip' | 'receipt'

/** A code made to be taken for one of ours; the code on a house or a parcel is none. */
const OUR_FORM = /\/[VP]#[A-Z2-7]{40,}$/i

export interface PacketFinding {
  verdict: PacketVerdict
  /** Base32 as in `TaskCard.packet.cti`, when the signature held. */
  cti: string | null
  task_id: string | null
  text: string
}

export interface PacketContext {
  reference: Reference
  /** Unix ms, corrected. */
  now: number
  /** Packets that visits of this phone have used, by cti, with the visit that used them. */
  used: Map<string, string>
  /** The visit being written: scanning its own packet again is no second use. */
  visitId: string | null
}

/** Check a scanned text with the cached keys; `task` null = which task is it of? */
export async function checkPacket(text: string, task: Pick<TaskCard, 'id' | 'packet' | 'packet_revoked'> | null, context: PacketContext): Promise<PacketFinding> {
  const none = { cti: null, task_id: null, text }
  const parsed = parseQrText(text.trim(), context.reference.host)
  if (!parsed.ok) return { ...none, verdict: parsed.verdict === 'foreign_host' && OUR_FORM.test(text.trim()) ? 'forged' : 'not_ours' }
  const keys = await importKeys(context.reference.keys)
  const seconds = Math.floor(context.now / 1000)
  const checked = await verifyToken(parsed.token, keys, 'packet', seconds)
  if (checked.facts?.kind !== 'packet') return { ...none, verdict: await otherKind(parsed.token, keys, seconds, checked) }
  const cti = toBase32(bytesOf(checked.facts.cti))
  const found = { cti, task_id: checked.facts.task_id, text }
  if (checked.verdict === 'key_revoked' || checked.verdict === 'key_period') return { ...found, verdict: 'forged' }
  if (isRevoked(context.reference, checked.facts.cti, cti)) return { ...found, verdict: 'revoked' }
  if (task && (checked.facts.task_id !== task.id || (task.packet !== null && task.packet.cti !== cti && task.packet.cti !== checked.facts.cti))) return { ...found, verdict: 'wrong' }
  if (task?.packet_revoked) return { ...found, verdict: 'revoked' }
  if (checked.verdict === 'expired') return { ...found, verdict: 'expired' }
  const user = context.used.get(cti)
  if (user !== undefined && user !== context.visitId) return { ...found, verdict: 'used' }
  return { ...found, verdict: 'ok' }
}

async function otherKind(token: string, keys: Parameters<typeof verifyToken>[1], now: number, checked: Checked): Promise<PacketVerdict> {
  if (checked.verdict === 'unknown_key') return 'unknown_key'
  if (checked.verdict === 'too_new') return 'too_new'
  if (checked.verdict === 'wrong_purpose') {
    if ((await verifyToken(token, keys, 'slip', now)).facts) return 'slip'
    if ((await verifyToken(token, keys, 'receipt', now)).facts) return 'receipt'
  }
  return 'forged'
}

function isRevoked(reference: Reference, hex: string, base32: string): boolean {
  return reference.revoked.some((entry) => entry === hex || entry === base32)
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

/** The packets that handovers recorded on this phone have used: cti → visit id. */
export function usedPackets(outbox: OutboxRow[], sent: SentRow[]): Map<string, string> {
  const used = new Map<string, string>()
  const taken = sent.filter((row) => row.status === 'done')
  for (const row of [...outbox, ...taken]) {
    if (row.name !== 'visit.record' && row.name !== 'visit.mend') continue
    const { visit } = row.args as { visit: Visit }
    if (visit.packet?.cti && visit.outcome.startsWith('signed_')) used.set(visit.packet.cti, visit.id)
  }
  return used
}
