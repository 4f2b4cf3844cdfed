import '@/ui/tokens.css'
import './verify.css'
import { readShortCode, spaced } from '@/engine/shortcode'
import { VERDICT_LABELS } from '@/engine/verdicts'
import { checkCode, checkToken, prepare } from './check'
import { recall } from './memory'
import { el, notice, outcome } from './view'
import { BAD_CODE, CLAIM, CODE_FAILED, NO_CRYPTO, NO_KEYS } from './words'

const root = document.getElementById('verify')!
const result = el('div', { role: 'status', 'aria-live': 'polite', id: 'result' })
const contact = el('p', { class: 'contact' })
const court = el('p', { class: 'court' })
const print = el('button', { type: 'button', class: 'plain' }, '打印核验结果')
print.addEventListener('click', () => window.print())
const stamp = el('p', { class: 'stamp' })

const input = el('input', { id: 'code', name: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '20', placeholder: '如 7K3MQ-9XPT2', 'aria-describedby': 'code-error' }) as HTMLInputElement
const error = el('p', { id: 'code-error', class: 'error', role: 'alert' })
const submit = el('button', { type: 'submit' }, '核验') as HTMLButtonElement
const form = el('form', { class: 'typed' }, el('label', { for: 'code' }, '手输短码（印在二维码下方的 10 个字符）'), el('div', { class: 'line' }, input, submit), error)

function lay(): void {
  root.replaceChildren(
    court, el('h1', {}, '送达凭证核验'), result, contact,
    el('p', { class: 'claim' }, CLAIM), stamp, print, form,
    el('p', { class: 'small' }, '用手机相机或微信扫凭证上的二维码也会打开本页。打开过一次之后，没有网络也能验证签名；是否已更正、作废，须联网才知道。本页不收集您的信息。'),
  )
  tellCourt()
}
function tellCourt(): void {
  const known = recall().court
  court.textContent = known?.name ?? ''
  contact.textContent = `有疑问请拨打 ${known?.hotline || '12368'}（诉讼服务热线）`
}
function show(node: HTMLElement, facts: boolean): void {
  result.replaceChildren(node)
  print.hidden = !facts
  stamp.textContent = facts ? `核验时间 ${new Date().toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}` : ''
  tellCourt()
}

async function fromHash(): Promise<void> {
  const text = decodeURIComponent(location.hash.slice(1))
  if (text.startsWith('code=')) {
    const code = readShortCode(text.slice(5))
    input.value = code ? spaced(code) : text.slice(5)
    return typed()
  }
  if (!text) {
    show(el('p', { class: 'hint' }, '请扫描凭证上的二维码，或在下面输入短码。'), false)
    await prepare()
    return tellCourt()
  }
  show(el('p', { class: 'hint' }, '正在核验…'), false)
  const found = await checkToken(text, location.pathname === '/P')
  if (found.verdict === 'unknown_key' && !found.memory.keys) return show(notice(NO_KEYS), false)
  show(outcome(found, found.verdict === 'ok' ? '' : VERDICT_LABELS[found.verdict]), true)
}

async function typed(): Promise<void> {
  const code = readShortCode(input.value)
  error.textContent = code ? '' : BAD_CODE
  input.setAttribute('aria-invalid', String(!code))
  if (!code) return input.focus()
  submit.disabled = true
  show(el('p', { class: 'hint' }, '正在核验…'), false)
  const found = await checkCode(code)
  submit.disabled = false
  if (typeof found === 'string') return show(notice(CODE_FAILED[found]), false)
  show(outcome(found, found.verdict === 'ok' ? '' : VERDICT_LABELS[found.verdict]), true)
}

async function start(work: () => Promise<void>): Promise<void> {
  if (!globalThis.crypto?.subtle) return show(notice(NO_CRYPTO), false)
  return work()
}

lay()
form.addEventListener('submit', (event) => {
  event.preventDefault()
  void start(typed)
})
window.addEventListener('hashchange', () => void start(fromHash))
void start(fromHash)

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/verify-sw.js', { scope: '/V' })
