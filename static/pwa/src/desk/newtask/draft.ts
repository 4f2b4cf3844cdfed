/** A delivery task as it is being written: ids are minted here, so sending twice creates nothing twice. */
import { computed, reactive, ref } from 'vue'
import { isBlank, type Answer } from '@/engine/form'
import { addAddress, createCase, findCase } from '../api/cases'
import { createTask } from '../api/tasks'
import type { AddressIn, Case, Party, PartyIn, TaskRow } from '../api/types'
import { useAction } from '../state/action'
import { newId } from '../state/ids'
import { kindOf, useReference } from '../state/reference'
import { fenOf, tidyCaseNo } from '../format'

export interface LineDraft { id: string; type: string; name: string; no: string; copies: number }
export interface PartyDraft {
  id: string; role: string; kind: string; name: string; id_no: string; phone: string; legal_rep: string; receiver: string; minor: boolean; incapacitated: boolean
}
export interface AddressDraft { id: string; text: string; source: string; confirmed_on: string; community: string }

const party = (role: string): PartyDraft => ({ id: newId(), role, kind: 'natural', name: '', id_no: '', phone: '', legal_rep: '', receiver: '', minor: false, incapacitated: false })
const line = (): LineDraft => ({ id: newId(), type: '', name: '', no: '', copies: 1 })
const address = (): AddressDraft => ({ id: newId(), text: '', source: '', confirmed_on: '', community: '' })

function blank() {
  return {
    taskId: newId(), kind: 'delivery', brief: {} as Record<string, Answer>, previousId: '', caseNo: '', found: null as Case | null, lookup: 'idle' as 'idle' | 'asking' | 'found' | 'new',
    caseId: newId(), cause: '', titleInstrument: '', claimYuan: '', parties: [party('creditor'), party('debtor')],
    caseSaved: false, addressSaved: false,
    addresseeId: '', addressId: '', addressMode: 'known' as 'known' | 'new', address: address(),
    lines: [line()], mode: '', urgent: false, sensitive: false, dueOn: '', dueTouched: false, instruction: '', notes: '',
  }
}
export type Draft = ReturnType<typeof blank>

const present = <T extends Record<string, unknown>>(facts: T): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '' && value !== null && value !== undefined)) as T

export function useDraft() {
  const draft = reactive<Draft>(blank())
  const made = ref<TaskRow | null>(null)
  const tried = ref(false)
  /** Which step a refusal belongs to: its field paths are of that step. */
  const step = ref<'case' | 'address' | 'task'>('case')

  const words = useReference()
  const delivery = computed(() => draft.kind === 'delivery')
  const parties = computed<(Party | PartyDraft)[]>(() => (draft.found ? draft.found.parties : draft.parties))
  const addressee = computed(() => parties.value.find((one) => one.id === draft.addresseeId))
  const known = computed(() => (draft.found?.parties.find((one) => one.id === draft.addresseeId)?.addresses ?? []))

  function chooseAddressee(id: string): void {
    draft.addresseeId = id
    const first = known.value[0]
    draft.addressId = first?.id ?? ''
    draft.addressMode = first ? 'known' : 'new'
  }

  let asked = ''
  const lookup = useAction(async () => {
    const caseNo = tidyCaseNo(draft.caseNo)
    draft.caseNo = caseNo
    // Enter and leaving the field both ask; the second one must not take the form away under the clerk's hands.
    if (!caseNo || (caseNo === asked && draft.lookup !== 'idle')) return
    asked = caseNo
    draft.lookup = 'asking'
    try {
      draft.found = await findCase(caseNo)
      draft.lookup = draft.found ? 'found' : 'new'
    } catch (error) {
      draft.lookup = 'idle'
      throw error
    }
    const first = parties.value.find((one) => one.role === 'debtor') ?? parties.value[0]
    chooseAddressee(first?.id ?? '')
  })

  function newAddress(): AddressIn {
    const { id, text, source, community, confirmed_on } = draft.address
    return present({ id, text: text.trim(), source, community: community.trim(), confirmed_on: confirmed_on || null })
  }
  /** The parties that are sent, in the order the server's field paths count them. */
  const sent = computed(() => draft.parties.filter((one) => one.name.trim() || one.id === draft.addresseeId))
  function caseParties(): PartyIn[] {
    return sent.value.map((one) => ({
      ...present({ id: one.id, role: one.role, kind: one.kind, name: one.name.trim(), id_no: one.id_no.trim(), phone: one.phone.trim(), legal_rep: one.legal_rep.trim() }),
      ...(one.receiver.trim() ? { agents: [{ name: one.receiver.trim(), relation: 'designated_receiver' as const }] } : {}),
      minor: one.minor, incapacitated: one.incapacitated, addresses: one.id === draft.addresseeId ? [newAddress()] : [],
    }))
  }

  /** What is still missing, by field; nothing is sent before this is empty. */
  const missing = computed<Record<string, string>>(() => {
    const gaps: Record<string, string> = {}
    if (!draft.caseNo.trim()) gaps.case_no = '请填写案号'
    if (draft.lookup === 'new') {
      if (!draft.cause.trim()) gaps.cause = '请填写案由'
      if (draft.claimYuan && fenOf(draft.claimYuan) === null) gaps.claim = '请填写金额，如 12345.60'
      draft.parties.forEach((one) => { if (!one.name.trim() && (one.id === draft.addresseeId || one.role === 'creditor')) gaps[`party.${one.id}`] = '请填写姓名或名称' })
    }
    if (!draft.addresseeId) gaps.addressee = '请选择受送达人'
    if (draft.addressMode === 'new') {
      if (!draft.address.text.trim()) gaps.address = '请填写地址，到门牌号'
      if (!draft.address.source) gaps.source = '请选择地址来源'
    } else if (!draft.addressId) gaps.address = '请选择地址'
    if (delivery.value) {
      if (!draft.lines.some((one) => one.type)) gaps.documents = '请至少选择一份文书'
      if (!draft.mode) gaps.mode = '请选择协助方式'
    }
    const kind = kindOf(words.value, draft.kind)
    for (const ask of kind?.brief_required ?? []) if (isBlank(draft.brief[ask])) gaps[`brief.${ask}`] = `请填写：${kind?.brief?.[ask]?.label}`
    return gaps
  })

  const send = useAction(async (dispatch: boolean) => {
    tried.value = true
    if (Object.keys(missing.value).length) return
    if (!draft.found && !draft.caseSaved) {
      step.value = 'case'
      await createCase({
        ...present({ id: draft.caseId, case_no: draft.caseNo, cause: draft.cause.trim(), title_instrument: draft.titleInstrument.trim(), claim_amount_fen: fenOf(draft.claimYuan) }),
        parties: caseParties(),
      })
      draft.caseSaved = true
    } else if (draft.found && draft.addressMode === 'new' && !draft.addressSaved) {
      step.value = 'address'
      await addAddress(draft.addresseeId, newAddress())
      draft.addressSaved = true
    }
    step.value = 'task'
    made.value = await createTask({
      ...present({ id: draft.taskId, case_id: draft.found?.id ?? draft.caseId, kind: draft.kind, addressee_id: draft.addresseeId, mode: delivery.value ? draft.mode : '', previous_task_id: draft.previousId, due_on: draft.dueTouched ? draft.dueOn : '' }),
      address_id: draft.addressMode === 'new' ? draft.address.id : draft.addressId,
      ...(delivery.value ? {} : { brief: Object.fromEntries(Object.entries(draft.brief).filter(([, value]) => !isBlank(value))) }),
      documents: (delivery.value ? draft.lines : []).filter((one) => one.type).map((one) => ({ ...present({ id: one.id, type: one.type, name: one.name.trim(), no: one.no.trim() }), copies: one.copies })),
      urgent: draft.urgent, sensitive: draft.sensitive, instruction: draft.instruction.trim(), notes: draft.notes.trim(), dispatch,
    })
  })

  /** Start the next one; in the same case when asked. */
  async function again(sameCase: boolean): Promise<void> {
    const caseNo = draft.caseNo
    Object.assign(draft, blank())
    made.value = null
    tried.value = false
    send.clear()
    if (sameCase) { draft.caseNo = caseNo; await lookup.run() }
  }

  function errors(at: 'case' | 'address' | 'task', field: string, gap?: string): string[] {
    const own = tried.value && gap && missing.value[gap] ? [missing.value[gap]!] : []
    return [...own, ...(step.value === at ? send.errors(field) : [])]
  }
  const touched = computed(() => !made.value && (draft.caseNo !== '' || draft.lines.some((one) => one.type)))

  return { draft, delivery, made, tried, parties, sent, addressee, known, chooseAddressee, lookup, send, again, missing, errors, touched, step,
    addLine: () => draft.lines.push(line()), addParty: () => draft.parties.push(party('debtor')) }
}
export type DraftHandle = ReturnType<typeof useDraft>
