/** The page's elements, made by hand: no framework, no inline script or style. */
import { METHOD_LABELS } from '@/engine/verdicts'
import { readShortCode, spaced } from '@/engine/shortcode'
import type { Outcome } from './check'
import { KINDS, RECORD, RESULT, VALID_TEXT, type Words } from './words'

const UNSERVED = 6

type Child = Node | string | null | undefined

export function el(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children.filter((child): child is Node | string => child !== null && child !== undefined))
  return node
}

const PATHS = { ok: 'M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20Zm-5-10 3.5 3.5L17 9', warn: 'M12 3 1.5 21h21L12 3Zm0 7v5m0 3v.5', bad: 'M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20ZM8 8l8 8m0-8-8 8' }

function icon(tone: Words['tone']): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', PATHS[tone])
  svg.append(path)
  return svg
}

/** A result without facts: what happened and the next step. */
export function notice(words: Words, extra: Child = null): HTMLElement {
  return el('section', { class: `result ${words.tone}` }, icon(words.tone), el('div', {}, el('h2', {}, words.title), el('p', {}, words.text), extra))
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' })
}
function fact(name: string, value: Child): HTMLElement[] {
  return value ? [el('dt', {}, name), el('dd', {}, value)] : []
}

/** The whole result of a check. */
export function outcome(found: Outcome, detail: string): HTMLElement {
  const { facts, answer } = found
  const words = { ...RESULT[found.standing] }
  // Not served: the same token is a record of the visit and proves no service.
  const record = facts?.kind === 'receipt' && facts.method === UNSERVED
  if (found.standing === 'valid') words.text = record ? RECORD.text : VALID_TEXT[found.kind]
  if (found.standing === 'invalid' && detail) words.text = detail
  const lines: HTMLElement[] = []
  lines.push(...fact('种类', facts ? (record ? RECORD.kind : KINDS[found.kind]) : null))
  const court = (typeof answer?.court === 'string' ? answer.court : answer?.court?.name) ?? found.memory.court?.name
  if (facts) lines.push(...fact('法院', court))
  if (facts && facts.kind !== 'packet') lines.push(...fact('受送达人', `${facts.name}（已隐去部分姓名）`))
  lines.push(...fact('案号', answer?.case_no_masked), ...fact('文书', answer?.documents?.join('、')))
  if (facts?.kind === 'receipt') {
    lines.push(...fact('送达方式', answer?.method_label ?? METHOD_LABELS[facts.method]))
    lines.push(...fact('法院核实', answer ? (answer.confirmed ? '法院已核实' : '法院尚未核实，已登记') : '须联网查询'))
    lines.push(...fact('签发时间', clock(facts.issued_at)))
    // Two clocks: only a gap a person would notice is shown.
    if (Math.abs(facts.issued_at - facts.served_at) > 600) lines.push(...fact('手机记录时间', clock(facts.served_at)))
    if (facts.seq > 0) lines.push(...fact('更正次数', `第 ${facts.seq} 次更正后签发`))
  }
  if (facts?.kind === 'slip') lines.push(...fact('有效至', clock(facts.valid_until)))
  if (facts?.kind === 'packet') lines.push(...fact('有效至', clock(facts.expires_at)))
  if (facts && facts.kind !== 'packet') lines.push(...fact('网格员编号', String(answer?.worker_no ?? facts.worker)), ...fact('网格', facts.grid))
  const successor = found.successor ? readShortCode(found.successor) : null
  if (successor) lines.push(...fact('更正后的短码', el('a', { href: `#code=${successor}`, class: 'mono' }, spaced(successor))))
  if (!found.online && facts) lines.push(...fact('状态快照', found.listedAt ? `${clock(found.listedAt)}${found.standing === 'unconfirmed' ? '，当时没有更正或作废' : ''}` : '本机没有，无法知道是否已更正或作废'))
  return el('div', {}, notice(words), lines.length ? el('dl', { class: 'facts' }, ...lines) : null)
}
