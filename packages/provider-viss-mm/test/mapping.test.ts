import type { Observed } from "@maksa/core"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import type { Trouble } from "../src/internal/errors.ts"
import type { Decoded } from "../src/internal/soap/decode.ts"
import {
  observeDocument,
  observeNotice,
  observeSaved,
  observeStatus,
  referenceOf,
  sandboxInvoice,
  statusClaims
} from "../src/internal/mapping.ts"
import { savedOf, statusOf } from "../src/internal/x509/answers.ts"
import { attempt, at } from "./support/mm.ts"
import { readXml } from "./support/soap.ts"

const plain = { operation: "CheckPaymentRequestStatus", form: "word" } as const
const id = "08840043-1c60-e211-b74f-0050569b000e"
const body = new TextEncoder().encode("<reply/>")
type Read = Result.Result<ReadonlyArray<Observed>, Trouble>
const one = (read: Read): Observed => {
  const [observed, ...others] = Result.getOrThrow(read)
  assert.lengthOf(others, 0)
  return observed ?? assert.fail("nothing observed")
}
const problem = (read: Read): string => {
  const trouble = Result.getOrThrow(Result.flip(read))
  assert.strictEqual(trouble.situation, "not_understood")
  return trouble.detail ?? ""
}

describe("a status word", () => {
  const expiresAt = Date.UTC(2026, 0, 31, 21, 59, 59)
  const observe = (word: Decoded | undefined, now = expiresAt - 1) =>
    Result.map(
      statusOf({ body, members: word === undefined ? {} : { CheckPaymentRequestStatusResult: word } }, plain),
      (answer) => observeStatus(answer, { now, expiresAt })
    )

  it.each<readonly [string, number, Observed["says"]]>([
    ["P", -1, { _tag: "working", actionStands: true }],
    ["P", 1, { _tag: "working", actionStands: true }],
    ["E", -1, { _tag: "received" }],
    ["E", 1, { _tag: "received" }],
    ["R", -1, { _tag: "refused" }],
    ["R", 0, { _tag: "lapsed" }],
    ["R", 1, { _tag: "lapsed" }],
    ["O", -1, { _tag: "unknown_word", word: "O" }],
    ["O", 1, { _tag: "unknown_word", word: "O" }]
  ])("%s asked %i ms from the last moment to pay", (word, millis, says) => {
    assert.deepStrictEqual(one(observe(word, expiresAt + millis)), { says, trust: "proven", evidence: body })
  })

  it("has a meaning only for the three letters of the table", () => {
    assert.deepStrictEqual(Object.keys(statusClaims), ["P", "E", "R"])
  })

  it.each(["p", "e", "r", " E", "E ", "E\n", "Е", "EE", "ok", "constructor", "__proto__", "toString"])(
    "that is none of MM's is unknown, never guessed: %j",
    (word) => {
      assert.deepInclude(one(observe(word)).says, { _tag: "unknown_word" })
    }
  )

  it("that is unknown is kept as at most forty printable characters", () => {
    const { says } = one(observe(`\u001b[31m"Ā${"x".repeat(100)}`))
    assert.deepStrictEqual(says, { _tag: "unknown_word", word: `?[31m"?${"x".repeat(33)}` })
  })

  it.each<readonly [string, Decoded | undefined]>([
    ["absent", undefined],
    ["nil", null],
    ["empty", ""],
    ["blank", " \n"],
    ["a structure", {}],
    ["a list", ["E"]]
  ])("that is %s is a malformed reply", (_what, word) => {
    assert.strictEqual(problem(observe(word)), "the reply has no status")
  })
})

describe("a saved payment request", () => {
  const observe = (result: Decoded | undefined, environment: "live" | "sandbox" = "live") =>
    Result.flatMap(
      savedOf({ body, members: result === undefined ? {} : { SavePaymentRequestResult: result } }),
      (saved) => observeSaved(saved, { language: "lv" }, environment)
    )
  const url = `https://mm.example/Payments/?id=${id}`

  it("sends the payer to MM and keeps MM's id as it is spelled", () => {
    const { says, ...known } = one(observe({ PaymentRequestId: id.toUpperCase(), PaymentRequestUrl: url }))
    assert.deepStrictEqual(known, { trust: "proven", providerReference: id.toUpperCase(), evidence: body })
    assert.deepInclude(at(says, "action"), { _tag: "redirect", url: `${url}&language=LAT` })
  })

  it.each<readonly [string, Decoded]>([
    ["no link", { PaymentRequestId: id }],
    ["a nil link", { PaymentRequestId: id, PaymentRequestUrl: null }],
    ["an unsafe link", { PaymentRequestId: id, PaymentRequestUrl: "javascript:alert(1)" }],
    ["a plain http link", { PaymentRequestId: id, PaymentRequestUrl: "http://mm.example/" }]
  ])("with %s is known and watched, and nobody is sent anywhere", (_what, result) => {
    assert.deepStrictEqual(one(observe(result)), {
      says: { _tag: "accepted" },
      trust: "proven",
      providerReference: id,
      evidence: body,
      contractDrift: true
    })
  })

  it.each<readonly [string, Decoded | undefined]>([
    ["absent", undefined],
    ["nil", null],
    ["text", "x"],
    ["without id", { PaymentRequestUrl: url }],
    ["with a nil id", { PaymentRequestId: null, PaymentRequestUrl: url }],
    ["with an id that is no GUID", { PaymentRequestId: "1", PaymentRequestUrl: url }],
    ["with a GUID in braces", { PaymentRequestId: `{${id}}`, PaymentRequestUrl: url }],
    ["with .NET's empty GUID", { PaymentRequestId: "00000000-0000-0000-0000-000000000000", PaymentRequestUrl: url }]
  ])("whose result is %s is a malformed reply", (_what, result) => {
    assert.strictEqual(problem(observe(result)), "the reply has no PaymentRequestId that is a GUID")
  })
})

describe("a supporting document", () => {
  const invoice = (content: string, namespace = sandboxInvoice): string =>
    `<Invoice xmlns="${namespace}"><PaymentRequestId>${id.toUpperCase()}</PaymentRequestId>${content}</Invoice>`
  const observe = (xml: string, wanted = id, environment: "live" | "test" | "sandbox" = "sandbox") => {
    const bytes = Buffer.from(xml)
    return observeDocument({ bytes, root: Result.getOrThrow(readXml(bytes)) }, wanted, environment)
  }

  it.each([
    ["12.10", "EUR", 1210n],
    ["0.01", "EUR", 1n],
    ["7", "EUR", 700n],
    ["12.100", "EUR", 1210n],
    ["12.10", "USD", 1210n]
  ])("of the simulator's layout proves its sum: %s %s", (text, currency, minorUnits) => {
    const observed = one(observe(invoice(`<Total currency="${currency}">${text}</Total>`)))
    assert.strictEqual(observed.says._tag, "received")
    assert.deepEqual({ ...(at(observed.says, "amount") as object) }, { minorUnits, currency })
    assert.strictEqual(observed.trust, "proven")
    assert.strictEqual(observed.providerReference, id.toUpperCase())
  })

  it.each([
    ["no total", ""],
    ["two totals", `<Total currency="EUR">1.00</Total><Total currency="EUR">2.00</Total>`],
    ["no currency", "<Total>1.00</Total>"],
    ["a comma", `<Total currency="EUR">1,00</Total>`],
    ["an exponent", `<Total currency="EUR">1e3</Total>`],
    ["parts of a cent", `<Total currency="EUR">1.005</Total>`],
    ["zero", `<Total currency="EUR">0.00</Total>`],
    ["a negative sum", `<Total currency="EUR">-1.00</Total>`],
    ["a foreign total", `<Total xmlns="urn:x" currency="EUR">1.00</Total>`]
  ])("with %s is malformed", (_what, content) => {
    assert.strictEqual(problem(observe(invoice(content))), "the document has no total that is a sum of money")
  })

  it("of another payment request is malformed", () => {
    const total = `<Total currency="EUR">1.00</Total>`
    const other = "18840043-1c60-e211-b74f-0050569b000e"
    assert.strictEqual(problem(observe(invoice(total), other)), "the document is of another payment request")
    const two = invoice(`<PaymentRequestId>${id}</PaymentRequestId>${total}`)
    assert.strictEqual(problem(observe(two)), "the document is of another payment request")
  })

  it("of another layout is served and proves nothing", () => {
    const other = invoice(`<Total currency="EUR">1.00</Total>`, "urn:another")
    assert.deepStrictEqual(Result.getOrThrow(observe(other)), [])
    assert.deepStrictEqual(Result.getOrThrow(observeDocument({ bytes: Buffer.from("%PDF-") }, id, "sandbox")), [])
  })

  it("of the simulator is no document in the live environment", () => {
    const specimen = invoice(`<Total currency="EUR">1.00</Total>`)
    assert.strictEqual(problem(observe(specimen, id, "live")), "the document is a simulator's specimen")
  })
})

describe("a notification", () => {
  const path = "/webhooks/viss-mm/zime"
  const content = (url: string): string => new TextDecoder().decode(observeNotice({ url }).content)

  it.each([
    [`${path}?id=${id}`, id],
    [`${path}?a=1&id=${id.toUpperCase()}`, id.toUpperCase()],
    [`${path}?id=x&id=${id}`, id],
    [`${path}?id=`, undefined],
    [path, undefined],
    [`${path}?id=1' OR 1=1`, undefined],
    [`${path}?id=00000000-0000-0000-0000-000000000000`, undefined],
    [`${path}?%`, undefined]
  ])("%s is a hint that proves nothing", (url, providerReference) => {
    assert.deepStrictEqual(observeNotice({ url }).observed, {
      says: { _tag: "working", actionStands: true },
      trust: "hint",
      ...(providerReference === undefined ? {} : { providerReference })
    })
  })

  it("is one with its repeats however its id is spelled, and never one with another attempt's", () => {
    assert.strictEqual(content(`${path}?id=${id}`), content(`${path}?id=${id.toUpperCase()}`))
    assert.notStrictEqual(content(`${path}?id=${id}`), content(`${path}2?id=${id}`))
    assert.notStrictEqual(content(`${path}?id=`), content(`${path}2?id=`))
    assert.strictEqual(content(`${path}?id=`), content(path))
  })
})

describe("the id by which MM is asked", () => {
  it("is a GUID or nothing", () => {
    assert.strictEqual(referenceOf(attempt({ providerReference: id })), id)
    assert.isUndefined(referenceOf(attempt()))
    assert.isUndefined(referenceOf(attempt({ providerReference: "../../x" })))
  })
})
