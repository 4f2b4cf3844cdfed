/** What the task list can be narrowed by, and its columns. */
import { computed } from 'vue'
import type { Column } from '../parts/columns'

export const TASK_FILTERS = ['states', 'street', 'cell', 'officer', 'worker', 'overdue', 'urgent', 'unrouted', 'approval', 'mode', 'batch', 'case_no', 'q']

/** Saved views of the list; each is a filter in the address bar. */
export const VIEWS: { label: string; states: string; overdue?: string }[] = [
  { label: '未办结', states: 'dispatched,routed,taken,working,reported,verifying,returned_unit' },
  { label: '待分派', states: 'dispatched,returned_unit' },
  { label: '待接单', states: 'routed' },
  { label: '办理中', states: 'taken,working' },
  { label: '待审核', states: 'reported,verifying' },
  { label: '已办结', states: 'closed,archived' },
  { label: '草稿', states: 'draft' },
  { label: '全部', states: 'all' },
]

/** A packet is printed for what still has to be delivered. */
export const PRINTABLE = new Set(['dispatched', 'routed', 'taken', 'working', 'returned_unit'])

export const taskColumns = computed<Column[]>(() => [
  { key: 'no', label: '任务号', sortable: true, fixed: true },
  { key: 'state', label: '状态', sortable: true, fixed: true },
  { key: 'addressee', label: '受送达人 / 案号', fixed: true, wrap: true },
  { key: 'address_text', label: '送达地址', wrap: true },
  { key: 'due_on', label: '办理期限', sortable: true },
  { key: 'documents_text', label: '文书 / 方式' },
  { key: 'cell', label: '网格 / 网格员' },
  { key: 'visits_count', label: '走访', align: 'right', extra: true },
  { key: 'officer', label: '承办人', extra: true },
  { key: 'dispatched_at', label: '派发时间', sortable: true, extra: true },
  { key: 'reported_at', label: '反馈时间', sortable: true, extra: true },
])
