/** Every address of the desk; a screen is fetched when it is first opened. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from './state/session'
import { placesOf } from './shell/menu'

declare module 'vue-router' {
  interface RouteMeta { title?: string; parents?: { path: string; title: string }[]; open?: boolean; wide?: boolean; may?: string }
}

const tasks = { path: '/tasks', title: '派发' }
const screens: RouteRecordRaw[] = [
  { path: 'tasks', component: () => import('./tasks/TaskList.vue'), meta: { may: 'task.read', title: '任务清单', parents: [tasks] } },
  { path: 'tasks/new', component: () => import('./newtask/TaskCreate.vue'), meta: { may: 'task.create', title: '新建任务', parents: [tasks] } },
  { path: 'tasks/import', component: () => import('./imports/TaskImport.vue'), meta: { may: 'import.dispatch', title: '批量导入', parents: [tasks] } },
  { path: 'tasks/unrouted', component: () => import('./tasks/UnroutedQueue.vue'), meta: { may: 'task.route', title: '待分派', parents: [tasks] } },
  { path: 'reviews/:id?', component: () => import('./review/ReviewDesk.vue'), meta: { may: 'task.review', title: '审核', wide: true } },
  { path: 'cases', component: () => import('./cases/CaseList.vue'), meta: { may: 'case.read', title: '案件' } },
  { path: 'cases/:id', component: () => import('./cases/CaseDetail.vue'), meta: { may: 'case.read', title: '案件详情', parents: [{ path: '/cases', title: '案件' }] } },
  { path: 'registers/delivery', component: () => import('./registers/DeliveryRegister.vue'), meta: { may: 'register.read', title: '协助送达台账' } },
  { path: 'registers/monthly', component: () => import('./registers/MonthlyTable.vue'), meta: { may: 'assessment.read', title: '月度考核表' } },
  { path: 'registers/monthly/behind', component: () => import('./registers/MonthlyBehind.vue'), meta: { may: 'assessment.read', title: '数字明细', parents: [{ path: '/registers/monthly', title: '考核' }] } },
  { path: 'registers/approvals', component: () => import('./registers/ExportApprovals.vue'), meta: { may: 'export.approve', title: '导出审批', parents: [{ path: '/registers/delivery', title: '台账' }] } },
  { path: 'org', component: () => import('./org/OrgPage.vue'), meta: { may: 'person.read', title: '网格与人员' } },
  { path: 'org/import/:kind(people)', component: () => import('./imports/OrgImport.vue'), meta: { may: 'person.import', title: '批量导入', parents: [{ path: '/org', title: '网格与人员' }] } },
  { path: 'org/import/:kind(units)', component: () => import('./imports/OrgImport.vue'), meta: { may: 'unit.write', title: '批量导入', parents: [{ path: '/org', title: '网格与人员' }] } },
  { path: 'settings', component: () => import('./misc/SettingsPage.vue'), meta: { may: 'setting.read', title: '设置' } },
  { path: 'devices', component: () => import('./misc/DevicesPage.vue'), meta: { may: 'device.read', title: '设备' } },
  { path: 'messages', component: () => import('./misc/MessagesPage.vue'), meta: { title: '消息' } },
  { path: 'ledger', component: () => import('./ledger/LedgerPage.vue'), meta: { may: 'ledger.read', title: '账本' } },
  { path: 'receipts/:cti', component: () => import('./ledger/ReceiptPage.vue'), meta: { may: 'receipt.read', title: '凭证', parents: [{ path: '/ledger', title: '账本' }] } },
  { path: 'account', component: () => import('./session/AccountPage.vue'), meta: { title: '我的账号' } },
  { path: ':rest(.*)*', component: () => import('./shell/NotHere.vue'), meta: { title: '没有这个页面' } },
]

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/sign-in', component: () => import('./session/SignIn.vue'), meta: { title: '登录', open: true } },
    { path: '/password', component: () => import('./session/PasswordChange.vue'), meta: { title: '修改初始密码' } },
    { path: '/', component: () => import('./shell/DeskShell.vue'), children: [{ path: '', redirect: () => home() }, ...screens] },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

function home(): string {
  return placesOf(useSession().state.person?.role ?? '')[0]?.path ?? '/messages'
}

router.beforeEach(async (to) => {
  const session = useSession()
  let signedIn: boolean
  try {
    signedIn = await session.load()
  } catch {
    signedIn = false // the sign-in page says what is wrong when it asks again
  }
  if (to.meta.open) return signedIn ? '/' : true
  // Who only asked for the desk comes to the first place of the role, which is known after signing in.
  const asked = to.redirectedFrom?.fullPath ?? to.fullPath
  if (!signedIn) return { path: '/sign-in', query: asked === '/' ? {} : { next: to.fullPath } }
  if (session.state.mustChangePassword && to.path !== '/password') return '/password'
  // A screen whose every button would be refused is as good as not there.
  if (to.meta.may && !session.may(to.meta.may)) return { path: '/not-here', replace: true }
  return to.path === '/' ? home() : true
})

router.afterEach((to) => {
  document.title = `${to.meta.title ?? '办公端'} · 网格协执`
})
