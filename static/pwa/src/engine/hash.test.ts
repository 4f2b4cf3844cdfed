import { expect, test } from 'vitest'
import { sha256Hex, toBase64 } from './hash'

test('hashes the bytes as given (FIPS 180 example)', async () => {
  expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('encodes base64 with padding', () => {
  expect(toBase64(new Uint8Array([0xff, 0, 1, 2]))).toBe('/wABAg==')
})
