/** One check from token to verdict: keys, signature, status list, the court's answer. */
import { toBase32 } from '@/engine/base32'
import { importKeys, type VerifyKey } from '@/engine/keys'
import { entryOf, readStatus } from '@/engine/statuslist'
import type { TokenFacts } from '@/engine/tokens'
import { standing, type AnsweredState, type ListedState, type Standing, type TokenKind, type Verdict } from '@/engine/verdicts'
import { verifyToken } from '@/engine/verify'
import { keep, recall, type Memory } from './memory'
import { askCode, askKeys, askStatus, askToken, type Answer } from './server'

export interface Outcome {
  standing: Standing
  verdict: Verdict
  kind: TokenKind
  facts: TokenFacts | null
  answer: Answer | null
  /** The date of the status list used (unix seconds), null when none is held. */
  listedAt: number | null
  successor: string | null
  online: boolean
  memory: Memory
}
/** Why a typed code led to nothing. */
export type CodeFailure = 'offline' | 'missing' | 'throttled'

interface Known { keys: VerifyKey[]; online: boolean }

/** Fetch the keys and the status list when there is a network; else use what an earlier visit left. */
async function refresh(): Promise<Known> {
  const [fresh, status] = await Promise.all([askKeys(), askStatus()])
  if (fresh.ok) {
    const court = typeof fresh.body.court === 'string' ? { name: fresh.body.court } : fresh.body.court
    const change: Partial<Memory> = { keys: { keys: fresh.body.keys }, keysAt: new Date().toISOString() }
    if (court?.name) change.court = { name: court.name, hotline: fresh.body.hotline ?? court.hotline ?? '' }
    try {
      const keys = await importKeys(fresh.body)
      keep(change)
      if (status.ok) await keepStatus(status.body, keys)
      return { keys, online: true }
    } catch {
      return { keys: await held(), online: false } // a key set that does not add up is treated as no answer
    }
  }
  return { keys: await held(), online: false }
}

async function held(): Promise<VerifyKey[]> {
  const kept = recall().keys
  if (!kept) return []
  try {
    return await importKeys(kept as Parameters<typeof importKeys>[0])
  } catch {
    return []
  }
}

/** Keep the list with the higher counter: an old one served again must not hide an annulment. */
async function keepStatus(document: unknown, keys: VerifyKey[]): Promise<void> {
  const next = await readStatus(document, keys)
  if (!next) return
  const now = await readStatus(recall().status, keys)
  if (!now || next.counter >= now.counter) keep({ status: document, statusAt: new Date().toISOString() })
}

/** Check a token; `packet` when it came from a packet's label. */
export async function checkToken(token: string, packet: boolean, given: Answer | null = null): Promise<Outcome> {
  const { keys, online } = await refresh()
  const now = Math.floor(Date.now() / 1000)
  const order: TokenKind[] = packet ? ['packet', 'receipt', 'slip'] : ['receipt', 'slip', 'packet']
  let kind = order[0]!
  let checked = await verifyToken(token, keys, kind, now)
  for (const next of order.slice(1)) {
    if (checked.verdict !== 'wrong_purpose') break
    kind = next
    checked = await verifyToken(token, keys, kind, now)
  }
  const facts = checked.facts
  let answer = given
  let answered: AnsweredState | null = given?.state ?? null
  let asked = given !== null
  if (facts && !given && online) {
    const said = await askToken(toBase32(hexBytes(facts.cti)))
    if (said.ok) [answer, answered, asked] = [said.body, said.body.state, true]
    else if (said.reason === 'missing') [answered, asked] = ['unknown', true]
  }
  const list = await readStatus(recall().status, keys)
  const entry = list && facts ? entryOf(list, facts.cti) : null
  const listed: ListedState | null = entry?.state ?? null
  return {
    standing: standing(checked.verdict, listed, answered), verdict: checked.verdict, kind, facts, answer,
    listedAt: list?.issuedAt ?? null, successor: answer?.corrected_by ?? entry?.successor ?? null, online: asked || (online && !facts), memory: recall(),
  }
}

/** Check a typed code: the server names the token, the signature is still checked here. */
export async function checkCode(code: string): Promise<Outcome | CodeFailure> {
  const said = await askCode(code)
  if (!said.ok) return said.reason
  if (!said.body.token) return 'missing'
  return checkToken(said.body.token, said.body.kind === 'packet', said.body)
}

/** First visit: fetch what is needed to check without a network later. */
export async function prepare(): Promise<boolean> {
  return (await refresh()).keys.length > 0
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
