import type { Message, TaskCard } from '@/engine/protocol'
import type { Person } from '@/engine/session'

export const worker: Person = {
  id: '0190c000-0000-7000-8000-000000000001',
  staff_no: 'W0107',
  name: '欧阳·古丽娜尔',
  role: 'grid_worker',
  role_label: '网格员',
  phone_masked: '138****5678',
  unit: { id: '0190c000-0000-7000-8000-0000000000aa', name: '桃源路街道示例社区第三网格', kind: 'cell', path_names: ['示例区', '桃源路街道', '示例社区', '第三网格'] },
  court: { id: '0190c000-0000-7000-8000-0000000000bb', name: '示例区人民法院', short_code: '皖0503' },
}

const id = (n: number): string => `0190c000-0000-7000-8000-${String(n).padStart(12, '0')}`

export function card(n: number, change: Partial<TaskCard> = {}): TaskCard {
  return {
    id: id(1000 + n),
    no: `HS2026${String(n).padStart(6, '0')}`,
    kind: 'delivery',
    state: 'taken',
    version: 3,
    mode: 'entrusted_handover',
    urgent: false,
    flags: [],
    case_no: `（2026）皖0503执${1200 + n}号`,
    cause: '买卖合同纠纷',
    issued_on: '2026-11-20',
    addressee: { name: '张大山', masked: false, kind: 'natural', phone: '13800005678', legal_rep: null, minor: false, incapacitated: false, agents: [] },
    adverse: ['李小河'],
    address: { id: id(5000 + n), text: '示例区桃源路街道示例社区幸福里 3 栋 2 单元 501 室', source: '一审确认', confirmed_on: '2026-05-06', lng: 118.51, lat: 31.7, datum: 'wgs84', community: '示例社区', street: '桃源路街道' },
    addresses: [],
    documents: [
      { id: id(7000 + n * 10), type: 'exec_notice', name: '执行通知书', no: `（2026）皖0503执${1200 + n}号`, copies: 1 },
      { id: id(7001 + n * 10), type: 'asset_report_order', name: '报告财产令（附财产调查表）', no: null, copies: 2 },
    ],
    due_at: '2026-12-06T10:00:00.000Z',
    due_on: '2026-12-06',
    first_visit_due_at: null,
    instruction: '上门前先打电话',
    notes: null,
    officer: { name: '周法官', phone: '0555-0000201' },
    duty_phone: '0555-0000110',
    cell: { id: id(9000), name: '第三网格' },
    packet: { cti: 'AAAAAAAAAAAAAAAA', digest: '00'.repeat(16) },
    packet_revoked: false,
    slip: null,
    slip_expires_at: null,
    diligence: null,
    visits: [],
    sent_back: null,
    result: null,
    receipts: [],
    ...change,
  }
}

export const note = (n: number, change: Partial<Message> = {}): Message => ({
  id: id(8000 + n),
  kind: 'task_routed',
  title: '您有新任务',
  text: '请在 24 小时内接单',
  task_id: null,
  at: '2026-11-24T02:00:00.000Z',
  read: false,
  ...change,
})
