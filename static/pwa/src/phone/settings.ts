import { ref, watch } from 'vue'

/** Small choices of this phone. They steer the look only, so losing them loses nothing. */
function kept(key: string, apply: (on: boolean) => void) {
  const value = ref(read(key))
  watch(
    value,
    (on) => {
      apply(on)
      try {
        localStorage.setItem(key, on ? '1' : '0')
      } catch (error) {
        console.warn('choice not kept', error) // private mode: the choice holds for this visit
      }
    },
    { immediate: true },
  )
  return value
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) === '1'
  } catch (error) {
    console.warn('choices cannot be read', error)
    return false
  }
}

export const largeType = kept('grid.large', (on) => document.documentElement.classList.toggle('large', on))
export const wifiOnly = kept('grid.wifi', () => undefined)

/** Who sits here, for a quick start; the record itself is in IndexedDB. */
export const seatNote = {
  read(): string | null {
    try {
      return localStorage.getItem('grid.seat')
    } catch (error) {
      console.warn('no quick note', error)
      return null
    }
  },
  write(text: string | null): void {
    try {
      if (text === null) localStorage.removeItem('grid.seat')
      else localStorage.setItem('grid.seat', text)
    } catch (error) {
      console.warn('no quick note', error)
    }
  },
}
