/** Lists and calendars float at the end of the page: inside a landmark of desk.html, and whole for a screen reader. */
import type { App } from 'vue'
import { ID_INJECTION_KEY } from 'element-plus/es/hooks/use-id/index.mjs'

/** Element Plus opens its layers in the element of this number, and makes one outside every landmark when there is none. */
const CONTAINER = 1

/** What Element Plus leaves out: a long list scrolls only for those who reach it, groups of options hide them, a calendar has no name. */
const MISSING = [
  ['.el-select-dropdown__wrap:not([tabindex])', 'tabindex', '0'],
  ['.el-select-group__wrap:not([role])', 'role', 'group'],
  ['.el-select-group__wrap > li:not([role]), .el-select-group:not([role])', 'role', 'presentation'],
  ['[role="dialog"]:not([aria-label])', 'aria-label', '选择日期'],
] as const

function complete(place: Element): void {
  for (const [which, name, value] of MISSING) place.querySelectorAll(which).forEach((one) => one.setAttribute(name, value))
  place.querySelectorAll('.el-select-group__wrap:not([aria-label])').forEach((group) => group.setAttribute('aria-label', group.querySelector('.el-select-group__title')?.textContent ?? ''))
}

/** Open the layers of this app in the page's own landmark. */
export function floatInside(app: App): void {
  app.provide(ID_INJECTION_KEY, { prefix: CONTAINER, current: 0 })
  const place = document.getElementById(`el-popper-container-${CONTAINER}`)
  if (place) new MutationObserver(() => complete(place)).observe(place, { childList: true, subtree: true })
}
