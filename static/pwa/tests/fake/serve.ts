// The built phone over the scripted server, for looking at screens before (or without) the real one.
// Usage: node <bundle of this file> <dist> <port> [<more tasks>]
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { card, note, worker } from './people'
import { FakeServer } from './server'

const [dist = 'dist', port = '8899', many = '0'] = process.argv.slice(2)
const CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json' }

const fake = new FakeServer()
fake.signedIn = false
const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString()
const who = card(0).addressee
const add = (n: number, change: Parameters<typeof card>[1]): void => void fake.tasks.set(card(n).id, card(n, change))
add(1, { due_at: day(2.1), addressee: { ...who, name: '欧阳·古丽娜尔' }, address: { ...card(1).address, text: '示例区湖东路街道向阳社区阳光花园东区二十三号楼三单元一千一百零二室（门口有两棵大香樟树，按门铃无人时请敲窗）' } })
add(2, { state: 'routed', due_at: day(5), addressee: { ...who, name: '王**', masked: true, phone: null } })
add(3, { due_at: day(-1.2), urgent: true, visits: [{ id: 'v1', ordinal: 1, outcome: 'absent', outcome_label: '家里没人', at: day(-2), revision: 1, narrative: '敲门无人应，邻居说晚上八点后回来', place_text: null, supplementary: false, photos: 2 }], state: 'working' })
add(4, { due_at: new Date(new Date().setUTCHours(15, 30)).toISOString(), addressee: { ...who, name: '马鞍示例建筑劳务有限责任公司', kind: 'legal', legal_rep: '赵建国' } })
add(5, { state: 'working', due_at: day(1), sent_back: { round: 1, visit_id: '0190c000-0000-7000-8000-00000000f001', revision: 1, reason_code: 'photo_unclear', reason_label: '照片不清楚，请重拍', text: '回证正面反光，签名看不清', comments: { 'evidence.receipt_front': '请重拍回证正面，避开反光', 'answers.signer.name': '姓名少写一个字' }, at: day(-0.1), answers: { signer: { name: '张小', relation: 'cohabiting_adult', adult: true, cohabiting: true, adverse: false, reason: 'out' }, lines: card(5).documents.map((line) => ({ document_id: line.id, handed: true })), receipt_date: day(-1).slice(0, 10) }, evidence: [{ id: '0190c000-0000-7000-8000-00000000e001', item: 'receipt_front', sha256: 'a'.repeat(64), size: 1000, display_sha256: null }] }, visits: [{ id: '0190c000-0000-7000-8000-00000000f001', ordinal: 1, outcome: 'signed_cohabiting_adult', outcome_label: '同住成年家属代收', at: day(-1), revision: 1, narrative: '交其妻签收', place_text: null, supplementary: false, photos: 3 }] })
add(6, { state: 'closed', result: { verdict: 'approved', effective_on: '2026-11-20', receipt_short: '7K3M2Q9TXA' } })
for (let n = 10; n < 10 + Number(many); n += 1) add(n, { due_at: day((n % 20) - 3), state: n % 3 ? 'taken' : 'routed' })
fake.messages = [note(1, { task_id: card(2).id }), note(2, { title: '任务被退回', text: '回证正面照片看不清，请补正', task_id: card(5).id, read: false })]
void worker

createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
  if (path.startsWith('/api/')) {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const binary = request.method === 'PATCH'
      void fake
        .fetch(request.url ?? '/', { method: request.method ?? 'GET', headers: request.headers as Record<string, string>, ...(raw.length ? { body: binary ? raw : raw.toString() } : {}) })
        .then(async (answer) => {
          response.writeHead(answer.status, Object.fromEntries(answer.headers))
          response.end(Buffer.from(await answer.arrayBuffer()))
        })
    })
    return
  }
  let file = join(dist, normalize(path))
  if (!existsSync(file) || statSync(file).isDirectory()) file = join(dist, path.startsWith('/desk') ? 'desk.html' : path === '/V' || path === '/P' ? 'verify.html' : 'index.html')
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...(extname(file) === '.html' ? { 'Content-Security-Policy': CSP } : {}) })
  createReadStream(file).pipe(response)
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
