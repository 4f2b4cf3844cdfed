import { computed, inject, onScopeDispose, provide, shallowRef, watch, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { DeliveryDescriptor, Reference } from '@/engine/descriptor'
import { descriptorOf } from '@/engine/form'
import { saveDraft } from '@/engine/drafts'
import type { TaskView } from '@/engine/overlay'
import { checklistFor, gapsOf, outcomeOf, type Gap } from '@/engine/rules'
import { shanghaiDate } from '@/engine/clock'
import type { BlobRow, Draft } from '@/engine/schema'
import { beforeReload } from '../offline'
import { fix, fixNow, isPlace, placeNow } from '../place'
import { clock, seat } from '../seat'
import { report } from '../trouble'
import type { Step } from './steps'

export interface DraftDesk {
  draft: ShallowRef<Draft | null>
  view: ShallowRef<TaskView | null | undefined>
  descriptor: ComputedRef<DeliveryDescriptor | null>
  reference: ShallowRef<Reference | null | undefined>
  gaps: ComputedRef<Gap[]>
  /** The officer's word on a field, by its path on the wire; '' when there is none. */
  comment: (path: string) => string
  /** Change the draft and have it on disk; with photos' bytes in the same transaction. */
  patch: (change: Partial<Draft>, blobs?: BlobRow[]) => Promise<void>
  /** The same for typing: shown at once, on disk 300 ms after the last key. */
  type: (change: Partial<Draft>) => void
  /** Write down what was typed last. */
  flush: () => Promise<void>
  /** The draft has become a report, or was thrown away: nothing more is written. */
  close: () => void
  closed: ShallowRef<boolean>
  go: (step: Step) => Promise<void>
  next: () => Promise<void>
}

const KEY: InjectionKey<DraftDesk> = Symbol('draft')
const TYPING_MS = 300

/** The draft on the desk of the wizard; its pages take it with `useDraft`. */
export function provideDraft(
  view: ShallowRef<TaskView | null | undefined>,
  reference: ShallowRef<Reference | null | undefined>,
  move: { go: (step: Step) => Promise<void>; next: () => Promise<void> },
): DraftDesk {
  const draft = shallowRef<Draft | null>(null)
  const closed = shallowRef(false)
  const descriptor = computed(() => (reference.value && view.value ? descriptorOf(reference.value, view.value.task.kind) : null))
  let timer: ReturnType<typeof setTimeout> | null = null
  let writing: Promise<unknown> = Promise.resolve()

  function queue(job: () => Promise<void>): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const mine = writing.then(job)
    writing = mine.catch(() => undefined) // a failed write is told to its own caller; the next one still runs
    return mine
  }

  const write = (): Promise<void> =>
    queue(async () => {
      const store = seat.value?.store
      if (store && draft.value) await saveDraft(store, clock, draft.value)
    })

  const writeWith = (change: Partial<Draft>, blobs: BlobRow[]): Promise<void> =>
    queue(async () => {
      const store = seat.value?.store
      if (!store || !draft.value) return
      await saveDraft(store, clock, { ...draft.value, ...change }, blobs)
      draft.value = { ...draft.value, ...change }
    })

  const desk: DraftDesk = {
    draft,
    view,
    descriptor,
    reference,
    gaps: computed(() =>
      draft.value && descriptor.value && view.value ? gapsOf(descriptor.value, view.value.task, draft.value, shanghaiDate(clock.corrected())) : [],
    ),
    comment: (path) => (draft.value?.kind === 'mend' ? (view.value?.task.sent_back?.comments[path] ?? '') : ''),
    async patch(change, blobs) {
      if (!draft.value) return
      // Bytes first: a photo is shown as taken when it is on the disk, not before.
      if (blobs) await writeWith(change, blobs)
      else {
        draft.value = { ...draft.value, ...change }
        await write()
      }
    },
    type(change) {
      if (!draft.value) return
      draft.value = { ...draft.value, ...change }
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void write().catch(report), TYPING_MS)
    },
    flush: () => write(),
    closed,
    close() {
      if (timer) clearTimeout(timer)
      timer = null
      closed.value = true
      draft.value = null
    },
    ...move,
  }

  // The place comes when it comes; the better fix replaces the worse.
  watch(fix, () => {
    const place = draft.value?.place ?? null
    const now = fixNow()
    if (draft.value?.kind === 'record' && now && (!isPlace(place) || now.accuracy_m < place.accuracy_m)) desk.type({ place: placeNow() })
  })

  const hidden = (): void => {
    if (document.visibilityState === 'hidden' && timer) void write().catch(report)
  }
  document.addEventListener('visibilitychange', hidden)
  const settle = (): Promise<void> => (timer ? write() : writing.then(() => undefined))
  beforeReload.add(settle)
  onScopeDispose(() => {
    beforeReload.delete(settle)
    document.removeEventListener('visibilitychange', hidden)
    if (timer) void write().catch(report)
  })
  provide(KEY, desk)
  return desk
}

export function useDraft(): DraftDesk {
  const desk = inject(KEY)
  if (!desk) throw new Error('no draft on the desk')
  return desk
}

/** The photo list of the draft as it stands. */
export function useChecklist(desk: DraftDesk) {
  return computed(() => {
    const { draft, descriptor } = desk
    if (!draft.value || !descriptor.value) return []
    return checklistFor(descriptor.value, draft.value.outcome, draft.value.path).filter((item) => item.item !== 'signature' && item.item !== 'thumbprint')
  })
}

export const nextWords = (desk: DraftDesk): string => outcomeOf(desk.descriptor.value!, desk.draft.value?.outcome ?? null)?.next ?? ''
