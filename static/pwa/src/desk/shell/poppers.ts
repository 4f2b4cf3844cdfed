/** Lists and calendars open in a container of Element Plus at the end of the page: give it a name among the landmarks. */

const CONTAINER = '[id^="el-popper-container"]'

function label(): boolean {
  const found = document.querySelector(CONTAINER)
  found?.setAttribute('role', 'region')
  found?.setAttribute('aria-label', '展开的选项')
  return found !== null
}

/** Label it now, or as soon as the first list creates it. */
export function labelPoppers(): void {
  if (label()) return
  const watcher = new MutationObserver(() => { if (label()) watcher.disconnect() })
  watcher.observe(document.body, { childList: true })
}
