/** The desk's one way to the server: JSON in and out, CSRF header, problems as errors. */

export interface Problem {
  title: string
  status: number
  code: string
  detail?: string
  fields?: Record<string, string[]>
  [fact: string]: unknown
}

/** Thrown for every answer that is not a success; carries what the server said, word for word. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
  }
}

type Query = Record<string, string | number | boolean | null | undefined>

let csrf = ''
const listeners = new Set<(problem: Problem) => void>()

export function setCsrf(value: string): void {
  csrf = value
}

/** Tell the session when any call was answered with 401 or with a forced password change. */
export function onProblem(listener: (problem: Problem) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    status: response.status,
    code: `http_${response.status}`,
    title: response.status >= 500 ? '服务器没有完成这项操作，您填写的内容还在；请稍后再试' : '服务器没有接受这项操作，请刷新后再试',
  }
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return fallback
  try {
    const body = (await response.json()) as Partial<Problem>
    return { ...fallback, ...body, title: body.title || fallback.title, status: response.status }
  } catch {
    return fallback // a body cut off on the way says no more than its status
  }
}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('Accept', 'application/json')
  if (method !== 'GET' && csrf) headers.set('X-CSRF-Token', csrf)
  let response: Response
  try {
    response = await fetch(path, { ...init, method, headers, credentials: 'same-origin' })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ProblemError({ status: 0, code: 'offline', title: '网络不通，操作没有完成；您填写的内容还在，联网后请再试一次' })
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  for (const listener of listeners) listener(problem)
  throw new ProblemError(problem)
}

async function json<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

function body(data: unknown): RequestInit {
  return { body: JSON.stringify(data ?? {}), headers: { 'Content-Type': 'application/json' } }
}

export const http = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    json<T>(await send('GET', withQuery(path, query), { signal })),
  post: async <T>(path: string, data?: unknown): Promise<T> => json<T>(await send('POST', path, body(data))),
  patch: async <T>(path: string, data: unknown): Promise<T> => json<T>(await send('PATCH', path, body(data))),
  put: async <T>(path: string, data: unknown): Promise<T> => json<T>(await send('PUT', path, body(data))),
  delete: async (path: string): Promise<void> => { await send('DELETE', path) },
  /** Send one file as a form; the server reads it, the browser sets the boundary. */
  upload: async <T>(path: string, file: File): Promise<T> => {
    const form = new FormData()
    form.set('file', file, file.name)
    return json<T>(await send('POST', path, { body: form }))
  },
  /** Post and keep the answer as a file, with the name the server gave it. */
  postForFile: async (path: string, data: unknown): Promise<{ name: string; blob: Blob }> => {
    const response = await send('POST', path, body(data))
    return { name: fileName(response.headers.get('Content-Disposition')), blob: await response.blob() }
  },
}

function fileName(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')
  if (encoded?.[1]) return decodeURIComponent(encoded[1])
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
  return plain ? utf8(plain) : '下载文件'
}

/** Header bytes reach us one per character; a Chinese name sent plainly is put together again. */
function utf8(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (one) => one.charCodeAt(0)))
  } catch {
    return text
  }
}

/** Hand a file to the browser's downloads. */
export function saveFile(file: { name: string; blob: Blob }): void {
  const url = URL.createObjectURL(file.blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
