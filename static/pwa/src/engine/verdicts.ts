// The words of a check, the same as grid/core/words/tokens.py; a test compares them with the shared vectors.

export type TokenKind = 'slip' | 'receipt' | 'packet'

export const VERDICT_LABELS = {
  ok: '签名有效',
  too_long: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  not_base32: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  malformed: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  not_canonical: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  trailing: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  unprotected: '码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院',
  header: '签名无效，这不是法院签发的码，请勿采信；请拨打法院电话核实',
  signature_form: '签名无效，这不是法院签发的码，请勿采信；请拨打法院电话核实',
  unknown_key: '本机没有签发这个码的密钥，请联网更新后再扫；仍不行请联系法院',
  wrong_purpose: '这个码不是用于此处的，请核对要扫的是哪一张',
  bad_signature: '签名无效，这不是法院签发的码，请勿采信；请拨打法院电话核实',
  payload: '签名有效但内容不合规定，请联系法院核实',
  too_new: '这个码的版本较新，请更新应用后再核验',
  key_revoked: '签发这个码的密钥已停用，请联网核验或联系法院',
  key_period: '签发时间不在密钥的使用期内，请联系法院核实',
  expired: '这个码已过有效期，请联系法院换发',
} as const

/** What the check of a token found; everything but ok is a refusal. */
export type Verdict = keyof typeof VERDICT_LABELS

export const QR_VERDICT_LABELS = {
  not_ours: '这不是法院的二维码，请对准文书袋或回证上的码',
  foreign_host: '这个码指向别的网站，不是法院的，请勿打开，也不要付款',
  other_path: '这是本院的网址，但不是可核验的码，请对准文书袋或回证上的码',
  no_token: '码的内容不完整，请对着原件重新扫描',
} as const

/** Why a scanned text is not one of our codes. */
export type QrVerdict = keyof typeof QR_VERDICT_LABELS

export const STANDING_LABELS = {
  valid: '有效',
  corrected: '已更正',
  annulled: '已作废',
  unconfirmed: '验签通过但未联网核对',
  expired: '已过有效期',
  key_revoked: '签发密钥已停用，须联网核对',
  not_recorded: '法院没有登记，请勿采信',
  too_new: '版本过新，请更新',
  invalid: '签名无效',
} as const

/** What the verification page may say about a token; valid only after the court's server was asked. */
export type Standing = keyof typeof STANDING_LABELS

/** The states in which the server answers for a token. */
export type AnsweredState = 'valid' | 'corrected' | 'annulled' | 'expired' | 'unknown'

/** The states that the signed status list holds. */
export type ListedState = 'corrected' | 'annulled'

export const METHOD_LABELS: Readonly<Record<number, string>> = {
  1: '直接送达',
  2: '同住成年家属代收',
  3: '留置送达（见证）',
  4: '留置送达（拍照录像）',
  5: '转交送达',
  6: '未送达（上门记录）',
}

export const ROLE_LABELS: Readonly<Record<number, string>> = { 1: '协助送达人', 2: '见证人', 3: '送达人' }

const ANSWERED: Readonly<Record<AnsweredState, Standing>> = {
  valid: 'valid',
  corrected: 'corrected',
  annulled: 'annulled',
  expired: 'expired',
  unknown: 'not_recorded',
}

/**
 * Decides what to say about a token: its verdict, its state in the status list, the server's answer (null offline).
 * A signature that does not hold stays invalid whatever anyone says; without an answer a good one is only unconfirmed.
 */
export function standing(verdict: Verdict, listed: ListedState | null, answered: AnsweredState | null): Standing {
  const own = ownStanding(verdict)
  if (own === 'invalid' || own === 'too_new') return own
  const said = answered === null ? own : ANSWERED[answered]
  if (listed !== null && (said === own || said === 'valid' || said === 'expired')) return listed
  return own === 'expired' && said === 'valid' ? own : said
}

function ownStanding(verdict: Verdict): Standing {
  switch (verdict) {
    case 'ok':
      return 'unconfirmed'
    case 'too_new':
    case 'expired':
    case 'key_revoked':
      return verdict
    default:
      return 'invalid'
  }
}
