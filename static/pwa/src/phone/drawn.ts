const LONGEST_MS = 2_000

let tell: () => void = () => undefined

/** Settles when the first page stands on the glass: until then a slow phone does nothing but draw it. */
export const drawn = new Promise<void>((resolve) => {
  tell = resolve
  setTimeout(resolve, LONGEST_MS)
})

/** Say that what the worker came for is in the page; the next frame shows it. */
export function isDrawn(): void {
  requestAnimationFrame(() => setTimeout(tell))
}
