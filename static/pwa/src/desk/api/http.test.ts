import { afterEach, expect, it, vi } from 'vitest'
import { http, onProblem, ProblemError, setCsrf, withQuery } from './http'

const answer = (status: number, body: string, type = 'application/problem+json'): void => {
  vi.stubGlobal('fetch', vi.fn(async () => new Response(body, { status, headers: { 'Content-Type': type } })))
}
afterEach(() => vi.unstubAllGlobals())

it('leaves empty filters out of the query', () => {
  expect(withQuery('/api/tasks', { q: '张 三', street: '', page: 2, cell: null })).toBe('/api/tasks?q=%E5%BC%A0+%E4%B8%89&page=2')
})

it('sends the CSRF token with every write and with no read', async () => {
  const seen: [string, string | null][] = []
  vi.stubGlobal('fetch', vi.fn(async (_path: string, init: RequestInit) => {
    seen.push([init.method ?? '', new Headers(init.headers).get('X-CSRF-Token')])
    return new Response(null, { status: 204 })
  }))
  setCsrf('abc')
  await http.get('/a')
  await http.post('/a')
  await http.delete('/a')
  expect(seen).toEqual([['GET', null], ['POST', 'abc'], ['DELETE', 'abc']])
})

it('throws what the server said, field reasons included, and tells the listeners', async () => {
  answer(422, JSON.stringify({ title: '有内容填写不对', code: 'invalid_input', fields: { case_no: ['案号格式不对'] } }))
  const heard = vi.fn()
  const stop = onProblem(heard)
  const error = await http.post('/api/cases', {}).catch((caught: unknown) => caught)
  stop()
  expect(error).toBeInstanceOf(ProblemError)
  expect((error as ProblemError).problem).toMatchObject({ status: 422, code: 'invalid_input', fields: { case_no: ['案号格式不对'] } })
  expect(heard).toHaveBeenCalledTimes(1)
})

it('has a next step for a page that is no JSON, for half an answer and for no network', async () => {
  answer(502, '<html>bad gateway</html>', 'text/html')
  expect(((await http.get('/x').catch((e: unknown) => e)) as ProblemError).problem).toMatchObject({ status: 502, code: 'http_502' })
  answer(409, '{"title": "内容已')
  expect(((await http.get('/x').catch((e: unknown) => e)) as ProblemError).problem.title).toContain('刷新')
  vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('Failed to fetch') }))
  expect(((await http.get('/x').catch((e: unknown) => e)) as ProblemError).problem.code).toBe('offline')
})

it('reads the name the server gave a file', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => new Response('x', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''%E5%8E%9F%E5%9B%BE.jpg" } })))
  expect((await http.postForFile('/x', {})).name).toBe('原图.jpg')
})

it('reads a Chinese file name that was sent as plain bytes', async () => {
  const bytes = String.fromCharCode(...new TextEncoder().encode('送2026-000002.jpg'))
  vi.stubGlobal('fetch', vi.fn(async () => ({ ok: true, headers: { get: () => `attachment; filename="${bytes}"` }, blob: async () => new Blob(['x']) })))
  expect((await http.postForFile('/x', {})).name).toBe('送2026-000002.jpg')
})
