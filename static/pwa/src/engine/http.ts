import type { Problem } from './protocol'

/** Why a call brought no answer of our server. Nothing was refused: the caller keeps its data and tries again later. */
export class NoAnswer extends Error {
  constructor(
    readonly why: 'offline' | 'timeout' | 'captive',
    message: string,
  ) {
    super(message)
    this.name = 'NoAnswer'
  }
}

/** The server's own "no": a problem with a stable code and a Chinese next step. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly retryAfterMs: number | null = null,
    /** The whole body: a lone conflicting mutation is answered 409 with the batch's usual shape. */
    readonly body: unknown = null,
  ) {
    super(`${status} ${problem.code}`)
    this.name = 'Refusal'
  }
}

export interface Answer<T> {
  status: number
  body: T
  headers: Headers
  /** When the request left and when the answer came, by the device clock (ms). */
  sentAt: number
  cameAt: number
}

export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  timeoutMs?: number
}

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

/** JSON over HTTP with the session cookie and the CSRF token; tells our server from a captive portal. */
export class Wire {
  csrf: string | null = null

  constructor(
    private readonly fetcher: Fetch = (input, init) => fetch(input, init),
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** One call. Throws NoAnswer or Refusal; 304 and 204 come back with an undefined body. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error' }
    if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json'
      init.body = JSON.stringify(options.body)
    }
    if (method !== 'GET' && this.csrf) headers['X-CSRF-Token'] = this.csrf
    const sentAt = this.now()
    const response = await this.raw(path, init, options.timeoutMs ?? 30_000)
    const cameAt = this.now()
    if (response.status === 204 || response.status === 304) {
      return { status: response.status, body: undefined as T, headers: response.headers, sentAt, cameAt }
    }
    const body = await readJson(response)
    if (!response.ok) throw new Refusal(response.status, asProblem(body, response.status), retryAfter(response), body)
    return { status: response.status, body: body as T, headers: response.headers, sentAt, cameAt }
  }

  /** The bare request with a time limit; a failed connection and a timeout become NoAnswer. */
  async raw(path: string, init: RequestInit, timeoutMs: number): Promise<Response> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), timeoutMs)
    try {
      return await this.fetcher(path, { ...init, signal: abort.signal })
    } catch (error) {
      if (abort.signal.aborted) throw new NoAnswer('timeout', `${path}: no answer in ${timeoutMs} ms`)
      throw new NoAnswer('offline', `${path}: ${String(error)}`)
    } finally {
      clearTimeout(timer)
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? ''
  if (!/^application\/(problem\+)?json\b/i.test(type)) {
    // A hotel's or a gateway's page: whatever its status says, our server did not speak.
    throw new NoAnswer('captive', `answered ${response.status} with ${type || 'no content type'}`)
  }
  try {
    return await response.json()
  } catch (error) {
    throw new NoAnswer('offline', `answer cut short: ${String(error)}`)
  }
}

export function asProblem(body: unknown, status: number): Problem {
  const problem = body as Partial<Problem> | null
  if (problem && typeof problem.code === 'string' && typeof problem.title === 'string') return problem as Problem
  return { code: `http_${status}`, title: `服务器暂时不能处理（${status}），资料已保存在本机，稍后会自动重试`, status }
}

export function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null
}
