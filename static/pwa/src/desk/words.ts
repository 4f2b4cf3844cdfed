/** Chinese names of codes, used until the reference of the court answers and for codes it does not carry. */

export const STATE_LABELS: Record<string, string> = {
  draft: '草稿', dispatched: '待分派', routed: '待接单', taken: '已接单', working: '办理中', reported: '已反馈',
  verifying: '核实中', closed: '已办结', archived: '已归卷', returned_unit: '已退回单位', suspended: '已中止', cancelled: '已撤回',
}

/** Colour family of a state; the word always stands beside it. */
export const STATE_TONES: Record<string, 'plain' | 'court' | 'ok' | 'warn' | 'bad'> = {
  draft: 'plain', dispatched: 'warn', routed: 'warn', taken: 'court', working: 'court', reported: 'court', verifying: 'court',
  closed: 'ok', archived: 'ok', returned_unit: 'bad', suspended: 'plain', cancelled: 'plain',
}

export const ROLE_LABELS: Record<string, string> = {
  case_officer: '执行法官', command_centre: '执行指挥中心', court_admin: '法院管理员', district_centre: '区综治中心',
  street_centre: '镇街综治中心', grid_leader: '网格长', grid_worker: '网格员', assessor: '考核员', auditor: '审计员', sysadmin: '系统管理员',
}

export const MODE_LABELS: Record<string, string> = {
  guide: '带路协助', verify_address: '核实住址', notify_pickup: '通知领取', entrusted_handover: '转交文书',
  witness_left: '见证留置', posting_photo: '张贴拍照',
}

/** What the mode asks of the worker, in one sentence. */
export const MODE_NOTES: Record<string, string> = {
  guide: '网格员陪同法院人员上门，送达由法院人员完成。',
  verify_address: '网格员上门核实受送达人是否住在此处，不递交文书。',
  notify_pickup: '网格员告知受送达人到法院领取，不递交文书。',
  entrusted_handover: '网格员协助转交封装文书并请收件人在回证上签字；送达人仍是承办法官，送达日期由法院核定。',
  witness_left: '法院人员留置送达，网格员到场见证并签名；网格员不得单独留置。',
  posting_photo: '法院人员张贴公告，网格员拍照留存张贴过程。',
}

export const KIND_LABELS: Record<string, string> = {
  delivery: '协助送达', asset_lead: '协查财产线索', urging: '督促履行', petition: '化解涉执信访', witness: '到场见证',
}

export const PARTY_ROLES: Record<string, string> = {
  creditor: '申请执行人', debtor: '被执行人', outsider: '案外人', third_party: '第三人',
}
export const PARTY_KINDS: Record<string, string> = { natural: '自然人', legal: '法人', other: '其他组织' }

export const CONTACTS: Record<string, string> = { door: '上门', phone: '电话', wechat: '微信', workplace: '单位' }

export const GRADES: Record<string, string> = { A: 'A 应用内拍摄', B: 'B 系统相机', C: 'C 从相册选取' }

export const RELATIONS: Record<string, string> = {
  self: '本人', cohabiting_adult: '同住成年家属', legal_representative: '法定代表人', principal: '主要负责人', mail_room: '收发室',
  litigation_agent: '诉讼代理人', designated_receiver: '指定代收人', guardian: '法定代理人',
}

export const CHECKLIST: Record<string, string> = {
  door: '门牌号', door_number: '门牌号', packet: '文书封袋', receipt_front: '回证正面', receipt_back: '回证反面', signature: '签名', thumbprint: '捺印',
  signer_with_papers: '收件人与文书', locked_door: '锁闭的门', notice_slip: '领取告知单', statement: '居（村）委会说明', posting: '张贴现场',
}

export const RECEIPT_STATES: Record<string, string> = {
  valid: '有效', corrected: '已更正', annulled: '已作废', expired: '已过期', pending: '待复核', unknown: '未知',
}

export const UNIT_KINDS: Record<string, string> = {
  court: '法院', department: '庭室', district: '区', street: '镇街', community: '社区（村）', cell: '网格',
  centre: '综治中心',
}

export const REVEAL_FIELDS: Record<string, string> = { name: '姓名', id_no: '证件号码', phone: '电话', address: '地址' }

export function label(map: Record<string, string>, code: string | null | undefined): string {
  return code ? (map[code] ?? code) : '—'
}
