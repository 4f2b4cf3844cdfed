import { createHash } from 'node:crypto'
import type { Message, Mutation, MutationResult, TaskCard, Visit } from '@/engine/protocol'
import { reference } from './descriptor'
import { worker } from './people'

interface Upload {
  id: string
  length: number
  sha256: string
  evidence: string
  role: string
  bytes: Buffer
}

interface Stored {
  seq: number
  content: string
  result: MutationResult
}

/** What happens to one request: before it reaches the server, or to its answer on the way back. */
export type Fault = (call: { method: string; path: string; n: number }) => 'ok' | 'drop' | 'lose_answer' | Response

/** A scripted stand-in for the server's phone side, strict where the contract is: for the engine's tests only. */
export class FakeServer {
  now = (): number => Date.now()
  tasks = new Map<string, TaskCard>()
  gone: string[] = []
  messages: Message[] = []
  cursor = 1
  last = new Map<string, number>()
  stored = new Map<string, Stored>()
  visits = new Map<string, Visit[]>()
  declared = new Map<string, string>()
  uploads = new Map<string, Upload>()
  held = new Set<string>()
  calls: string[] = []
  received = 0
  csrf = 'token-1'
  signedIn = true
  mustChange = false
  password = 'right-password'
  fault: Fault = () => 'ok'
  /** Decide one mutation's fate; null = take it. */
  judge: (mutation: Mutation) => Pick<MutationResult, 'status' | 'problem'> | null = () => null
  private receipts = 0

  fetch = async (input: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET'
    const url = new URL(input, 'http://grid.test')
    this.calls.push(`${method} ${url.pathname}`)
    const verdict = this.fault({ method, path: url.pathname, n: this.calls.length })
    if (verdict instanceof Response) return verdict
    if (verdict === 'drop') throw new TypeError('Failed to fetch')
    const response = await this.answer(method, url, new Headers(init.headers), init.body ?? null)
    if (verdict === 'lose_answer') throw new TypeError('Failed to fetch')
    return response
  }

  private async answer(method: string, url: URL, headers: Headers, body: unknown): Promise<Response> {
    const path = url.pathname
    if (path === '/api/session' && method === 'POST') return this.signIn(JSON.parse(String(body)))
    if (path === '/api/session' && method === 'DELETE') {
      this.signedIn = false
      return new Response(null, { status: 204 })
    }
    if (!this.signedIn) return problem(401, 'unauthenticated', '请重新登录')
    if (path === '/api/session') return json(this.session())
    if (method !== 'GET' && method !== 'HEAD' && headers.get('X-CSRF-Token') !== this.csrf) return problem(403, 'csrf_failed', '请刷新后重试')
    if (path === '/api/password') {
      this.mustChange = false
      return new Response(null, { status: 204 })
    }
    if (this.mustChange) return problem(403, 'password_change_required', '请先修改初始密码')
    if (path === '/api/reference') return this.reference(headers)
    if (path === '/api/changes') return this.changes(Number(url.searchParams.get('cursor')))
    if (path === '/api/sync') return this.sync(JSON.parse(String(body)))
    if (path === '/api/sessions') return json({ items: [] })
    if (path.startsWith('/api/uploads')) return this.tus(method, path, headers, body as Uint8Array | null)
    return problem(404, 'not_found', '没有找到')
  }

  private signIn({ identifier, password }: { identifier: string; password: string }): Response {
    if (password !== this.password) return problem(401, 'sign_in_failed', '账号或密码不对，请重新输入')
    if (identifier === 'locked') return problem(429, 'account_locked', '密码错误次数太多，请 15 分钟后再试', { retry_at: new Date(this.now() + 900_000).toISOString() })
    this.signedIn = true
    return json(this.session())
  }

  private session() {
    return { person: worker, csrf: this.csrf, must_change_password: this.mustChange, server_time: this.iso() }
  }

  private reference(headers: Headers): Response {
    if (headers.get('If-None-Match') === '"r1"') return new Response(null, { status: 304 })
    return json(reference(this.iso()), 200, { ETag: '"r1"' })
  }

  private changes(cursor: number): Response {
    if (cursor >= this.cursor) return new Response(null, { status: 204 })
    return json({ cursor: this.cursor, more: false, tasks: [...this.tasks.values()], gone: cursor === 0 ? [] : this.gone, messages: this.messages, server_time: this.iso() })
  }

  private sync(body: { device_id: string; mutations: Mutation[] }): Response {
    const results: MutationResult[] = []
    let last = this.last.get(body.device_id) ?? 0
    for (const mutation of body.mutations) {
      const known = this.stored.get(mutation.id)
      const content = JSON.stringify([mutation.name, mutation.args, mutation.made_at])
      if (known) {
        results.push(known.content === content ? known.result : { id: mutation.id, seq: mutation.seq, status: 'conflict', problem: { code: 'mutation_conflict', title: '同一编号内容不同，两份都已保留' } })
        last = Math.max(last, mutation.seq)
        continue
      }
      if (mutation.seq !== last + 1) return problem(409, 'sequence_gap', '请稍后重试', { expected_seq: last + 1 })
      const verdict = this.judge(mutation)
      if (verdict?.status === 'later') {
        results.push({ id: mutation.id, seq: mutation.seq, ...verdict })
        break
      }
      const result: MutationResult = verdict
        ? { id: mutation.id, seq: mutation.seq, receipt_no: null, ...verdict }
        : { id: mutation.id, seq: mutation.seq, status: 'done', receipt_no: `20261124-${String(++this.receipts).padStart(6, '0')}`, result: this.apply(mutation) }
      this.stored.set(mutation.id, { seq: mutation.seq, content, result })
      results.push(result)
      last = mutation.seq
    }
    this.last.set(body.device_id, last)
    const answer = { device_id: body.device_id, last_seq: last, server_time: this.iso(), results }
    const alone = body.mutations.length === 1 && results[0]?.status === 'conflict'
    return json(answer, alone ? 409 : 200)
  }

  private apply(mutation: Mutation): Record<string, unknown> {
    const args = mutation.args as Record<string, unknown>
    const task = this.tasks.get(String(args.task_id ?? (args.visit as Visit | undefined)?.task_id ?? ''))
    if (mutation.name === 'task.take' && task) Object.assign(task, { state: 'taken', version: task.version + 1 })
    if (mutation.name === 'visit.record' || mutation.name === 'visit.mend') return this.record(args.visit as Visit, task)
    this.cursor += 1
    return { state: task?.state, version: task?.version }
  }

  private record(visit: Visit, task: TaskCard | undefined): Record<string, unknown> {
    this.visits.set(visit.id, [...(this.visits.get(visit.id) ?? []), visit])
    const shas: string[] = []
    for (const evidence of visit.evidence) {
      for (const file of [evidence.sha256, evidence.display?.sha256]) if (file) shas.push(file)
      this.declared.set(`${evidence.id}:original`, evidence.sha256)
      if (evidence.display) this.declared.set(`${evidence.id}:display`, evidence.display.sha256)
    }
    if (task) Object.assign(task, { state: 'reported', version: task.version + 1, sent_back: null })
    this.cursor += 1
    const ordinal = (task?.visits.length ?? 0) + 1
    return { visit_id: visit.id, ordinal, state: task?.state ?? 'reported', supplementary: !task, receipt: null, missing: shas.filter((sha) => !this.held.has(sha)) }
  }

  private tus(method: string, path: string, headers: Headers, body: Uint8Array | null): Response {
    if (method === 'POST') return this.createUpload(headers)
    const upload = this.uploads.get(path.split('/').at(-1)!)
    if (!upload) return tus(404)
    if (method === 'HEAD') return tus(200, { 'Upload-Offset': String(upload.bytes.length), 'Upload-Length': String(upload.length) })
    if (Number(headers.get('Upload-Offset')) !== upload.bytes.length) return tus(409)
    const chunk = Buffer.from(body!)
    const [, digest] = headers.get('Upload-Checksum')!.split(' ')
    if (createHash('sha256').update(chunk).digest('base64') !== digest) return tus(460)
    this.received += chunk.length
    upload.bytes = Buffer.concat([upload.bytes, chunk])
    if (upload.bytes.length === upload.length) {
      if (createHash('sha256').update(upload.bytes).digest('hex') !== upload.sha256) return problem(422, 'hash_mismatch', '照片内容与登记的不一致，请补拍')
      this.held.add(upload.sha256)
    }
    return tus(204, { 'Upload-Offset': String(upload.bytes.length) })
  }

  private createUpload(headers: Headers): Response {
    const words = new Map(headers.get('Upload-Metadata')!.split(',').map((pair) => pair.trim().split(' ') as [string, string]))
    const word = (key: string): string => Buffer.from(words.get(key) ?? '', 'base64').toString()
    const [sha256, evidence, role] = [word('sha256'), word('evidence'), word('role')]
    if (this.declared.get(`${evidence}:${role}`) !== sha256) return problem(409, 'evidence_unknown', '请先上传走访记录')
    const length = Number(headers.get('Upload-Length'))
    const id = `up${this.uploads.size + 1}`
    this.uploads.set(id, { id, length, sha256, evidence, role, bytes: Buffer.alloc(0) })
    const done = this.held.has(sha256)
    return tus(201, { Location: `http://grid.test/api/uploads/${id}`, ...(done ? { 'Upload-Offset': String(length) } : {}) })
  }

  private iso(): string {
    return new Date(this.now()).toISOString()
  }
}

export function json(body: unknown, status = 200, extra: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...extra } })
}

export function problem(status: number, code: string, title: string, facts: Record<string, unknown> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', status, code, title, detail: '', ...facts }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}

const tus = (status: number, extra: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { 'Tus-Resumable': '1.0.0', ...extra } })
