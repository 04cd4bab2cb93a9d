import type { AttemptRow, EventRow, ObservationRow, PaymentRow, RepaymentRow, Store, WorkRow } from "@maksa/core"

// 2026-03-29 03:30 in Riga: the hour that the summer-time change leaves out.
export const NOW = 1_774_747_800_000

export const aPayment = (id: string, other: Partial<PaymentRow> = {}): PaymentRow => ({
  id,
  idempotencyDigest: `key-of-${id}`,
  inputDigest: `input-of-${id}`,
  merchantReference: `case-${id}`,
  environment: "sandbox",
  purpose: "Nodeva par būvatļauju „Ēka № 7”",
  lines: '[{"description":"žurnāls"}]',
  askedMinor: 1250n,
  currency: "EUR",
  createdAt: NOW,
  updatedAt: NOW,
  status: "created",
  finality: "soft",
  state: '{"status":"created"}',
  epoch: 0,
  fulfilment: "none",
  ...other
})

export const anAttempt = (id: string, paymentId: string, other: Partial<AttemptRow> = {}): AttemptRow => ({
  id,
  paymentId,
  instance: "viss-mm",
  ordinal: 1,
  idempotencyDigest: undefined,
  inputDigest: undefined,
  createdAt: NOW,
  deadline: NOW + 86_400_000,
  submission: "none",
  submittedAt: undefined,
  providerReference: undefined,
  payerTokenDigest: `payer-of-${id}`,
  webhookTokenDigest: `webhook-of-${id}`,
  status: "created",
  finality: "soft",
  since: NOW,
  lastQueryAt: undefined,
  answeredAt: undefined,
  ...other
})

export const anObservation = (id: string, other: Partial<ObservationRow> = {}): ObservationRow => ({
  id,
  attemptId: undefined,
  paymentId: undefined,
  instance: "viss-mm",
  reference: undefined,
  channel: "webhook",
  trust: "proven",
  content: `{"says":{"_tag":"working"},"id":"${id}"}`,
  digest: `digest-of-${id}`,
  observedAt: NOW,
  evidence: undefined,
  ...other
})

export const anEvent = (id: string, paymentId: string, other: Partial<EventRow> = {}): EventRow => ({
  id,
  paymentId,
  type: "payment.paid",
  createdAt: NOW,
  payload: '{"paid":true}',
  dueAt: NOW,
  tries: 0,
  status: "pending",
  lastError: undefined,
  ...other
})

export const aWork = (attemptId: string, other: Partial<WorkRow> = {}): WorkRow => ({
  kind: "query",
  attemptId,
  dueAt: NOW,
  leaseUntil: 0,
  tries: 0,
  ...other
})

export const aRepayment = (id: string, paymentId: string, other: Partial<RepaymentRow> = {}): RepaymentRow => ({
  id,
  paymentId,
  attemptId: undefined,
  idempotencyDigest: `key-of-${id}`,
  inputDigest: `input-of-${id}`,
  amountMinor: 500n,
  currency: "EUR",
  route: "manual",
  status: "requested",
  finality: "hard",
  since: NOW,
  submittedAt: undefined,
  lastQueryAt: undefined,
  attention: "",
  history: '[{"by":"A"}]',
  createdAt: NOW,
  updatedAt: NOW,
  ...other
})

/** Puts payments into the store, each with one attempt `a-<id>`. */
export const seed = (store: Store, ...ids: ReadonlyArray<string>): Promise<void> =>
  store.transact(async (tx) => {
    for (const id of ids) {
      await tx.insertPayment(aPayment(id))
      await tx.insertAttempt(anAttempt(`a-${id}`, id))
    }
  })

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const idsOf = (rows: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<string> => rows.map((row) => row.id)
