/** Who is signed in, as the wire says it. */
export interface Person {
  id: string
  staff_no: string
  /** The number that receipts and slips carry, and that a resident sees when checking one. */
  worker_no?: number
  name: string
  role: string
  role_label: string
  phone_masked: string | null
  unit: { id: string; name: string; kind: string; path_names: string[] } | null
  court: { id: string; name: string; short_code: string } | null
}

export interface Session {
  person: Person
  csrf: string
  must_change_password: boolean
  server_time: string
}

export interface SessionRow {
  id: string
  created_at: string
  last_seen_at: string
  device_label: string | null
  ip: string | null
  current: boolean
}
