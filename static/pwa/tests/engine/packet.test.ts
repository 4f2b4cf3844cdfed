import { expect, test } from 'vitest'
import { fromBase32, toBase32 } from '@/engine/base32'
import type { Reference } from '@/engine/descriptor'
import { checkPacket, usedPackets } from '@/engine/packet'
import type { OutboxRow, SentRow } from '@/engine/schema'
import { reference } from '../fake/descriptor'
import { textOf, vectors } from '../vectors'

const HOST = 'GRID.TEST'
const TASK = '019acb2e-5d40-7c3a-9f10-0123456789ab'
const CTI = toBase32(Uint8Array.from('d2c9ea7f02f30399809d'.match(/../g)!, (pair) => parseInt(pair, 16)))
const task = { id: TASK, packet: { cti: CTI, digest: '' }, packet_revoked: false }
const known: Reference = { ...reference('2026-11-24T01:02:03.000Z'), host: HOST, keys: vectors.jwks }
const context = (change: Partial<Parameters<typeof checkPacket>[2]> = {}) => ({ reference: known, now: vectors.now * 1000, used: new Map<string, string>(), visitId: 'v1', ...change })
const text = (name: string, path = 'P'): string => `HTTPS://${HOST}/${path}#${textOf(name)}`
const verdict = async (scanned: string, of: typeof task | null = task, change = {}): Promise<string> => (await checkPacket(scanned, of, context(change))).verdict

test('the task’s own packet passes and names its task', async () => {
  expect(await checkPacket(text('packet'), task, context())).toMatchObject({ verdict: 'ok', cti: CTI, task_id: TASK })
})

test('another task’s packet is the wrong one, also when it is genuine', async () => {
  expect(await verdict(text('packet'), { ...task, id: '019acb2e-5d40-7c3a-9f10-0123456789ff' })).toBe('wrong')
  expect(await verdict(text('packet'), { ...task, packet: { cti: 'AAAAAAAAAAAAAAAA', digest: '' } })).toBe('wrong')
})

test('any changed character of the code is a forgery', async () => {
  const token = textOf('packet')
  for (let at = 20; at < token.length; at += 17) {
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(['forged', 'unknown_key']).toContain(await verdict(`HTTPS://${HOST}/P#${changed}`))
  }
})

test('a look-alike host is a forgery, some other QR is simply not ours', async () => {
  expect(await verdict(`HTTPS://GRID.TEST.EXAMPLE/P#${textOf('packet')}`)).toBe('forged')
  expect(await verdict('WIFI:S:cafe;T:WPA;P:12345678;;')).toBe('not_ours')
  expect(await verdict('https://example.com/house/340503-18-2')).toBe('not_ours')
  expect(await verdict('https://example.com/P#the-third-floor')).toBe('not_ours')
})

test('expired, recalled and used packets each say so', async () => {
  expect(await verdict(text('packet a second too late'))).toBe('expired')
  expect(await verdict(text('packet'), { ...task, packet_revoked: true })).toBe('revoked')
  expect(await verdict(text('packet'), task, { reference: { ...known, revoked: [CTI] } })).toBe('revoked')
  expect(await verdict(text('packet'), task, { used: new Map([[CTI, 'another visit']]) })).toBe('used')
})

test('scanning its own packet again within the same visit is no second use', async () => {
  expect(await verdict(text('packet'), task, { used: new Map([[CTI, 'v1']]) })).toBe('ok')
})

test('a slip, a receipt, a later version and an unknown key are told apart', async () => {
  expect(await verdict(text('slip', 'V'))).toBe('slip')
  expect(await verdict(text('receipt', 'V'))).toBe('receipt')
  expect(await verdict(text('packet: version 2'))).toBe('too_new')
  expect(await verdict(text('packet'), task, { reference: { ...known, keys: { keys: [] } } })).toBe('unknown_key')
})

test('only handovers use a packet up, refused reports do not', () => {
  const row = (outcome: string, cti: string) => ({ name: 'visit.record', args: { visit: { id: `v-${cti}`, outcome, packet: { cti } } } })
  const used = usedPackets([row('signed_self', 'A'), row('absent', 'B')] as unknown as OutboxRow[], [
    { ...row('signed_mail_room', 'C'), status: 'done' },
    { ...row('signed_self', 'D'), status: 'refused' },
  ] as unknown as SentRow[])
  expect([...used.keys()].sort()).toEqual(['A', 'C'])
})

test('the printed cti spelling is base32', () => {
  expect(fromBase32(CTI)?.length).toBe(10)
})
