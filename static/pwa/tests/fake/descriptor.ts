import type { ChecklistItem, DeliveryDescriptor, Outcome, Reference, Relation } from '@/engine/descriptor'

const item = (code: string, label: string, hint: string, required: boolean, max = 2): ChecklistItem => ({
  item: code,
  label,
  hint,
  required,
  min: required ? 1 : 0,
  max,
})

const signed = (relation: string, label: string): Outcome => ({
  code: `signed_${relation}`,
  label,
  hint: '',
  path: 'handover',
  relation,
  modes: ['entrusted_handover'],
  next: '法官核实后，这件文书就算送达了',
  closes: true,
})

const other = (code: string, label: string, path: Outcome['path'], hint: string): Outcome => ({
  code,
  label,
  hint,
  path,
  relation: null,
  modes: [],
  next: '等法官处理',
  closes: path !== 'absent',
})

const relation = (code: string, label: string, kinds: string[], asks: Relation['asks'], must: Relation['must'] = {}): Relation => ({
  code,
  label,
  hint: code === 'cohabiting_adult' ? '须年满 18 周岁，并且与受送达人住在同一套房子里' : '',
  addressee_kinds: kinds,
  column: code === 'self' || code === 'legal_representative' ? 'addressee' : 'substitute',
  asks: asks.filter((field) => field !== 'id_last4'),
  optional: ['id_last4'],
  must,
  blocks: {
    adult: '未满 18 周岁不能代收，请找其他成年家属',
    cohabiting: '不住在一起的不能代收，请找同住的成年家属',
    adverse: '对方当事人不能代收，请找其他人签收',
  },
})

export const descriptor: DeliveryDescriptor = {
  version: 1,
  documents: [
    { code: 'exec_notice', name: '执行通知书', grid: 'yes' },
    { code: 'asset_report_order', name: '报告财产令', grid: 'yes' },
  ],
  modes: [
    { code: 'entrusted_handover', label: '转交文书', say: '把封好的文书交给受送达人，请对方在送达回证上签字' },
    { code: 'verify_address', label: '核实住址', say: '确认受送达人是否住在这里' },
  ],
  outcomes: [
    signed('self', '本人签收'),
    signed('cohabiting_adult', '同住成年家属代收'),
    signed('guardian', '监护人签收'),
    signed('legal_representative', '法定代表人签收'),
    signed('mail_room', '收发部门签收'),
    other('refused', '拒绝签收', 'refused', '当面拒收，不要留下文书'),
    other('absent', '家里没人', 'absent', '没有见到人，改天再来'),
    other('moved', '已经搬走', 'moved', '邻居、物业或社区说已搬走'),
    other('wrong_address', '地址不对', 'moved', '查无此门牌或此人'),
    other('whereabouts_unknown', '下落不明', 'moved', '家人邻居都不知道去向'),
    other('dead_or_dissolved', '已去世或已注销', 'handback', '交回法院处理'),
    other('in_custody', '被羁押', 'handback', '交回法院处理'),
    other('military', '在部队服役', 'handback', '交回法院处理'),
    other('agreed_pickup', '约定到法院领取', 'pickup', '对方愿意自己去法院领'),
    other('unsafe_left', '不安全，已离开', 'unsafe', '人身安全第一'),
  ],
  relations: [
    relation('self', '受送达人本人', ['natural'], ['name', 'id_last4']),
    relation('cohabiting_adult', '同住成年家属', ['natural'], ['name', 'id_last4', 'adult', 'cohabiting', 'adverse', 'reason'], {
      adult: true,
      cohabiting: true,
      adverse: false,
    }),
    relation('guardian', '法定监护人', ['natural'], ['name', 'id_last4', 'adult', 'guardian_of'], { adult: true }),
    relation('legal_representative', '法定代表人', ['legal', 'other'], ['name', 'id_last4', 'seal']),
    relation('mail_room', '收发室、办公室', ['legal', 'other'], ['name', 'seal', 'reason']),
  ],
  checklists: {
    handover: [
      item('door', '门牌号', '拍清楚门牌或楼栋单元号', true),
      item('receipt_front', '回证正面', '签字的一面，四角都拍进来', true),
      item('receipt_back', '回证反面', '没有字也要拍', true),
      item('envelope', '文书袋和二维码', '拆封前拍', false),
    ],
    refused: [item('door', '门牌号', '拍清楚门牌', true), item('scene', '现场', '不要拍屋里', false, 4)],
    absent: [item('locked_door', '关着的门', '门牌和门一起拍', true), item('notice_slip', '留下的联系条', '只留法官电话，不留文书', false)],
    moved: [item('door', '门牌号', '拍清楚门牌', true), item('statement', '居委会或物业说明', '盖章的说明', false)],
  },
  asks: {
    handover: ['narrative', 'receipt_date'],
    refused: ['met_name', 'refusal_reason', 'refusal_note'],
    absent: ['next_visit_on', 'narrative'],
    moved: ['met_name', 'moved_to', 'statement_unit', 'narrative'],
    pickup: ['met_name', 'pickup_on', 'narrative'],
    handback: ['met_name', 'narrative'],
    unsafe: ['narrative'],
  },
  required: {
    handover: ['receipt_date'],
    refused: ['refusal_reason'],
    absent: ['next_visit_on'],
    moved: ['narrative'],
    pickup: ['pickup_on'],
    handback: ['narrative'],
    unsafe: ['narrative'],
  },
  refusal_reasons: [
    { code: 'unfair', label: '认为判决不公' },
    { code: 'not_me', label: '否认是本人' },
    { code: 'paid', label: '说已经履行' },
    { code: 'silent', label: '不说原因' },
    { code: 'other', label: '其他' },
  ],
  substitute_reasons: [
    { code: 'out', label: '受送达人外出' },
    { code: 'ill', label: '受送达人生病' },
    { code: 'office', label: '单位统一收件' },
  ],
  line_reasons: [
    { code: 'refused', label: '这一份对方不收' },
    { code: 'missing', label: '袋子里没有这一份' },
  ],
  manual_packet_reasons: [
    { code: 'damaged', label: '二维码破损' },
    { code: 'no_camera', label: '相机不能用' },
  ],
  grade_reasons: [
    { code: 'camera_failed', label: '应用内相机打不开' },
    { code: 'taken_before', label: '刚才已经拍好' },
  ],
  no_place_reasons: [
    { code: 'denied', label: '没有允许定位' },
    { code: 'no_fix', label: '还没有定到位置' },
    { code: 'unsupported', label: '手机不支持' },
  ],
  contacts: [
    { code: 'door', label: '上门' },
    { code: 'phone', label: '电话' },
    { code: 'wechat', label: '微信' },
    { code: 'workplace', label: '到单位' },
  ],
  recusal_reasons: [
    { code: 'relative', label: '是亲属' },
    { code: 'interest', label: '有利害关系' },
  ],
  diligence: { visits: 3, days: 2, off_hours: 1, evening_from: '18:00', text: '至少走访 3 次、分在 2 天、1 次在晚上或周末' },
  max_photos: 9,
}

export const reference = (now: string): Reference => ({
  version: 'test-1',
  court: { name: '示例区人民法院', short_code: '皖0503', duty_phone: '0555-0000110', hotline: '12368' },
  host: 'GRID.TEST',
  protocol: 1,
  keys: { keys: [] },
  revoked: [],
  delivery: descriptor,
  return_reasons: [
    { code: 'not_my_cell', label: '不在我的网格' },
    { code: 'conflict', label: '需要回避' },
  ],
  send_back_reasons: [{ code: 'blurred', label: '照片不清楚' }],
  server_time: now,
})
