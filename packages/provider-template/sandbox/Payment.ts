import type { Status, Sum, WireAction, WireAmount, WireOrder, WirePayment } from "./wire.ts"

/** The text that a payer agrees to. Blanks at its ends and inside are part of it: it must come back as it is. */
export const consentText =
  "  Piekrītu, ka banka nodod konta numuru.\u00a0 Es esmu konta īpašnieks;\n\tšī piekrišana ir vienreizēja. "

/** A payment as the provider keeps it. */
export interface Payment {
  readonly order: WireOrder
  /** Digest of the order's bytes: the same id with other bytes is a conflict. */
  readonly digest: string
  readonly number: string
  /** Opens the payer's page. */
  readonly token: string
  readonly total: WireAmount
  readonly createdAt: number
  readonly charges: Array<Sum>
  readonly returns: Array<Sum>
  /** When the money came last. */
  chargedAt: number | undefined
  status: Status
  updatedAt: number
  action: WireAction["kind"] | undefined
  /** What a bank has promised, and is still to come. */
  promise: WireAmount | undefined
  code: string | undefined
  bank: string | undefined
  answers: { readonly fields: Readonly<Record<string, string>>; readonly consentText?: string } | undefined
  document: string | undefined
}

const sum = (sums: ReadonlyArray<Sum>): bigint => sums.reduce((all, one) => all + BigInt(one.amount.value), 0n)

/** What is left of the money that came. */
export const remainder = (payment: Payment): bigint => sum(payment.charges) - sum(payment.returns)

export const charged = (payment: Payment): bigint => sum(payment.charges)

const actionOf = (payment: Payment, origin: string): WireAction | undefined => {
  const { language } = payment.order
  const url = `${origin}/pay/${payment.token}?lang=${language}`
  switch (payment.action) {
    case undefined:
      return undefined
    case "page":
      return { kind: "page", url }
    case "widget":
      return {
        kind: "widget",
        script: `${origin}/widget.js`,
        host: origin,
        token: payment.token,
        parameters: { language }
      }
    case "questions":
      return {
        kind: "questions",
        fields: [
          { name: "iban", label: "IBAN", required: true },
          { name: "note", label: "Note", required: false }
        ],
        consent: consentText
      }
    case "portal":
      return { kind: "portal", place: "e-portal", until: payment.order.expires_at, url }
    case "wait":
      return { kind: "wait" }
  }
}

export const toWire = (payment: Payment, origin: string): WirePayment => {
  const action = actionOf(payment, origin)
  return {
    id: payment.order.id,
    number: payment.number,
    status: payment.status,
    updated_at: new Date(payment.updatedAt).toISOString(),
    total: payment.total,
    priced_by: payment.order.lines.some((line) => "position" in line) ? "list" : "merchant",
    charges: payment.charges,
    returns: payment.returns,
    ...(action === undefined ? {} : { action }),
    ...(payment.promise === undefined ? {} : { promised: payment.promise }),
    ...(payment.code === undefined ? {} : { code: payment.code }),
    ...(payment.bank === undefined ? {} : { bank: payment.bank })
  }
}
