import type { AttemptRow, ObservationRow, PaymentRow, RepaymentRow } from "@maksa/core"

export const NOW = 1_774_747_800_000

export const paymentRow = (id: string, other: Partial<PaymentRow> = {}): PaymentRow => ({
  id,
  idempotencyDigest: `key-of-${id}`,
  inputDigest: `input-of-${id}`,
  merchantReference: `case-${id}`,
  environment: "sandbox",
  purpose: "fee",
  lines: "[]",
  askedMinor: 1250n,
  currency: "EUR",
  createdAt: NOW,
  updatedAt: NOW,
  status: "created",
  finality: "soft",
  state: "{}",
  epoch: 0,
  fulfilment: "none",
  ...other
})

/** Of no attempt: by hand. */
export const repaymentRow = (id: string, paymentId: string, other: Partial<RepaymentRow> = {}): RepaymentRow => ({
  id,
  paymentId,
  attemptId: undefined,
  idempotencyDigest: `key-${id}`,
  inputDigest: "input",
  amountMinor: 100n,
  currency: "EUR",
  route: "manual",
  status: "requested",
  finality: "hard",
  since: NOW,
  submittedAt: undefined,
  lastQueryAt: undefined,
  attention: "",
  history: "[]",
  createdAt: NOW,
  updatedAt: NOW,
  ...other
})

export const attemptRow = (id: string, paymentId: string, other: Partial<AttemptRow> = {}): AttemptRow => ({
  id,
  paymentId,
  instance: "viss-mm",
  ordinal: 1,
  idempotencyDigest: undefined,
  inputDigest: undefined,
  createdAt: NOW,
  deadline: NOW + 1000,
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

export const observationRow = (id: string, other: Partial<ObservationRow> = {}): ObservationRow => ({
  id,
  attemptId: undefined,
  paymentId: undefined,
  instance: "viss-mm",
  reference: undefined,
  channel: "webhook",
  trust: "proven",
  content: "{}",
  digest: `digest-of-${id}`,
  observedAt: NOW,
  evidence: undefined,
  ...other
})
