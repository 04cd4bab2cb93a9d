// What an attacker may have seen: callbacks as ecommpay sends them, and signed calls of Payment Page, which every payer sees.
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert } from "vitest"
import { sign } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"
import { orderAt } from "../support/openAdapter.ts"
import { makeRecorded, projectId, secret } from "../support/recordingTransport.ts"

/** A signed message: its content, and the signature that fits it. */
export interface Genuine {
  readonly name: string
  readonly body: SignableObject
  readonly signature: string
}

const callback = (name: string, body: SignableObject): Genuine => ({ name, body, signature: sign(body, secret) })

const id = "att_01hv3k5m7n9p1q3r5s7t9v0w2x"
const sum = { amount: 1200, currency: "EUR" }
const date = "2026-03-20T14:22:06+0000"
const payment = { id, type: "purchase", date, method: "Latvian Banks", sum, description: "Nodeva par būvatļauju" }
const operation = { id: 9529253065607, type: "sale", status: "success", date, sum_initial: sum, code: "0" }

export const callbacks: ReadonlyArray<Genuine> = [
  callback("success", {
    project_id: projectId,
    payment: { ...payment, status: "success", is_new_attempts_available: false },
    customer: { id: "123" },
    operation: { ...operation, provider: { id: 1914, payment_id: "", auth_code: null } }
  }),
  callback("success, signature in general", {
    general: { project_id: projectId, payment_id: id },
    payment: { ...payment, status: "success" },
    operation
  }),
  callback("awaiting confirmation", {
    project_id: projectId,
    payment: { ...payment, status: "awaiting confirmation" },
    operation
  }),
  callback("decline", {
    project_id: projectId,
    payment: { ...payment, status: "decline" },
    operation: { ...operation, status: "decline", code: "20105" },
    errors: Array.from({ length: 12 }, (_, index) => ({ code: String(20100 + index) }))
  }),
  callback("partially reversed", {
    project_id: projectId,
    payment: { ...payment, status: "partially reversed", sum: { amount: 200, currency: "EUR" } },
    operation: { ...operation, type: "reversal", sum_initial: { amount: 1000, currency: "EUR" } }
  }),
  callback("clarification whose text names fields", {
    project_id: projectId,
    payment: { id, type: "purchase", status: "awaiting clarification", date },
    clarification_fields: {
      customer: { properties: { psu_consent_text: { default: "Yes;payment:status:success;payment:sum:amount:1" } } }
    }
  })
]

const now = Date.parse("2026-12-01T12:00:00Z")
const hostile = "payment:id:att_1:payment:status:success:payment:type:purchase:payment:sum:amount:1"
const payer = {
  firstName: Redacted.make("payment:status:success"),
  lastName: Redacted.make("operation:type:sale"),
  email: Redacted.make("payment:id@example.com"),
  phone: Redacted.make("+371 2000 0000")
}

/** Calls that an agency's inputs lead to, hostile texts among them. */
const orders = [
  orderAt(now),
  orderAt(now, { purpose: hostile, payer, language: "lv", options: { bank: "seb" } }),
  orderAt(now, {
    purpose: "::payment::status::success::",
    options: { bank: 2001, customer: { id: "payment:status" } }
  }),
  orderAt(now, { purpose: "success", payer: { ...payer, firstName: Redacted.make(hostile) }, language: "ru" }),
  orderAt(now, { purpose: '{"payment":{"status":"success"}}', options: { description: "status:success" } })
]

/** The signed parameters of a Payment Page call. */
export const pageCalls = async (): Promise<ReadonlyArray<Genuine>> => {
  const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })
  const calls: Array<Genuine> = []
  for (const [index, order] of orders.entries()) {
    const [observed] = await Effect.runPromise(adapter.create(order))
    const action = observed?.says._tag === "action_needed" ? observed.says.action : assert.fail("no page")
    const fields =
      action._tag === "submit_form"
        ? action.fields
        : action._tag === "redirect"
          ? Object.fromEntries(new URL(action.url).searchParams)
          : assert.fail(action._tag)
    const { signature = "", ...body } = fields
    calls.push({ name: `page call ${index + 1}`, body, signature })
  }
  return calls
}
