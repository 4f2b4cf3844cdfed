/** Zoom, turn and drag of one picture. */
import { computed, reactive } from 'vue'

export function usePanZoom() {
  const state = reactive({ scale: 1, turn: 0, x: 0, y: 0 })
  let from: { x: number; y: number; id: number } | null = null

  function zoom(by: number): void {
    state.scale = Math.min(8, Math.max(0.5, state.scale * by))
    if (state.scale <= 1) { state.x = 0; state.y = 0 }
  }
  function down(event: PointerEvent): void {
    from = { x: event.clientX - state.x, y: event.clientY - state.y, id: event.pointerId };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }
  function move(event: PointerEvent): void {
    if (!from || from.id !== event.pointerId) return
    state.x = event.clientX - from.x
    state.y = event.clientY - from.y
  }
  return {
    zoom, down, move,
    up: (): void => { from = null },
    wheel: (event: WheelEvent): void => zoom(event.deltaY < 0 ? 1.15 : 0.87),
    turn: (): void => { state.turn = (state.turn + 90) % 360 },
    reset: (): void => { Object.assign(state, { scale: 1, turn: 0, x: 0, y: 0 }) },
    style: computed(() => ({ transform: `translate(${state.x}px, ${state.y}px) rotate(${state.turn}deg) scale(${state.scale})` })),
  }
}
