/** What the page says: one result word, one sentence, the next step. */
import type { Standing, TokenKind } from '@/engine/verdicts'
import type { CodeFailure } from './check'

export interface Words { title: string; tone: 'ok' | 'warn' | 'bad'; text: string }

export const RESULT: Record<Standing, Words> = {
  valid: { title: '有效', tone: 'ok', text: '已联网向法院核对，这份凭证是法院签发的，现在有效。' },
  corrected: { title: '已更正', tone: 'warn', text: '这份凭证已被法院更正，请以更正后的凭证为准。' },
  annulled: { title: '已作废', tone: 'bad', text: '这份凭证已被法院作废，不再作为送达的依据。' },
  unconfirmed: { title: '验签通过，但未联网核对', tone: 'warn', text: '签名是法院的，内容没有被改过；但没有连上法院，不知道是否已更正或作废。请联网后再核验一次。' },
  expired: { title: '已过有效期', tone: 'warn', text: '签名是法院的，但已过有效期。请要求对方出示新的核验码，或拨打法院电话核实。' },
  key_revoked: { title: '签发密钥已停用', tone: 'warn', text: '签发它的密钥已停用，须由法院核对。请拨打法院电话。' },
  not_recorded: { title: '法院没有登记', tone: 'bad', text: '法院的记录里没有这份凭证，请勿采信，并拨打法院电话核实。' },
  too_new: { title: '版本过新', tone: 'warn', text: '这份凭证的格式比本页面新，请联网重新打开本页后再核验。' },
  invalid: { title: '签名无效', tone: 'bad', text: '这不是法院签发的码，或内容被改动过，请勿采信；请拨打法院电话核实。' },
}

export const KINDS: Record<TokenKind, string> = { receipt: '送达凭证', slip: '网格员上门核验码', packet: '法院文书封签' }

export const RECORD = { kind: '上门记录（未送达）', text: '已联网向法院核对，这份上门记录是法院签发的。它只证明网格员来过，不表示文书已经送达。' }

export const VALID_TEXT: Record<TokenKind, string> = {
  receipt: RESULT.valid.text,
  slip: '已联网向法院核对，法院确实委派了这名网格员上门协助。请核对工作证上的编号与下面一致。',
  packet: '已联网向法院核对，这是法院封装的文书。请勿自行拆开他人的文书；拾到请拨打法院电话。',
}

export const CODE_FAILED: Record<CodeFailure, Words> = {
  offline: { title: '没有连上法院', tone: 'warn', text: '手输的短码只能联网核验。请检查网络后再试；扫描二维码可以先离线验证签名。' },
  missing: { title: '没有这个短码', tone: 'bad', text: '法院的记录里没有这个短码。请对着凭证再核对一遍；仍不行请拨打法院电话。' },
  throttled: { title: '查询太频繁', tone: 'warn', text: '请过一分钟再试。' },
}
export const NO_CRYPTO: Words = { title: '这个浏览器不能验签', tone: 'warn', text: '请用 https 开头的网址打开本页，或换用手机自带浏览器。' }
export const NO_KEYS: Words = { title: '还不能核验', tone: 'warn', text: '第一次核验需要联网取得法院的公钥。请连上网络后重新打开本页。' }
export const BAD_CODE = '短码应为 10 个字母和数字，其中有一个写错了，请对着凭证再看一遍。'
export const CLAIM = '法院和网格员不会要求向个人转账。'
