import { checkPacket, usedPackets, type PacketFinding } from '@/engine/packet'
import type { Reference } from '@/engine/descriptor'
import type { TaskCard } from '@/engine/protocol'
import type { Store } from '@/engine/store'
import { zh } from '@/words/zh'
import { clock } from './seat'

/** Check a scanned text against one task (or none) with what this phone knows. */
export async function findPacket(store: Store, reference: Reference, text: string, task: TaskCard | null, visitId: string | null): Promise<PacketFinding> {
  const used = await store.read(['outbox', 'sent'], async (tx) => usedPackets(await tx.objectStore('outbox').getAll(), await tx.objectStore('sent').getAll()))
  return checkPacket(text, task, { reference, now: clock.corrected(), used, visitId })
}

export interface PacketWords {
  tone: 'ok' | 'warn' | 'bad'
  title: string
  next: string
}

/** The finding in words, each with its next step. */
export function packetWords(finding: PacketFinding): PacketWords {
  const say = zh.packet
  switch (finding.verdict) {
    case 'ok':
      return { tone: 'ok', title: say.ok, next: '' }
    case 'wrong':
      return { tone: 'bad', title: say.wrong, next: say.wrongNext }
    case 'forged':
      return { tone: 'bad', title: say.forged, next: say.forgedNext }
    case 'expired':
      return { tone: 'bad', title: say.expired, next: say.expiredNext }
    case 'used':
      return { tone: 'bad', title: say.used, next: say.usedNext }
    case 'revoked':
      return { tone: 'bad', title: say.revoked, next: say.revokedNext }
    case 'unknown_key':
      return { tone: 'warn', title: say.unknownKey, next: say.unknownKeyNext }
    case 'too_new':
      return { tone: 'warn', title: say.tooNew, next: '' }
    case 'slip':
      return { tone: 'warn', title: say.slipScanned, next: say.notOursNext }
    case 'receipt':
      return { tone: 'warn', title: say.receiptScanned, next: say.notOursNext }
    case 'not_ours':
      return { tone: 'warn', title: say.notOurs, next: say.notOursNext }
  }
}
