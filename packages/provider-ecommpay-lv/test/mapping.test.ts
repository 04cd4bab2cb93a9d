import { money, type Observed } from "@maksa/core"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { readMessage, type MappingContext } from "../src/internal/mapping.ts"
import { paymentStatuses, type PayoutKind } from "../src/internal/statuses.ts"
import { decodeMessage, type Message } from "../src/internal/wire.ts"

const context: MappingContext = {
  isSandbox: false,
  widgetOrigins: ["https://psd2.neopay.lt"],
  confirmsFunds: true
}

const decode = (body: unknown): Message => Result.getOrThrow(decodeMessage(body))

const payment = { id: "ATT_1", type: "purchase", date: "2026-03-20T14:22:06+0000", method: "Latvian Banks" }
const sum = { amount: 1200n, currency: "EUR" }

const withStatus = (status: string, changes: object = {}, paymentChanges: object = {}): Message =>
  decode({ project_id: 200n, payment: { ...payment, status, sum, ...paymentChanges }, ...changes })

const told = (message: Message, changes: Partial<MappingContext> = {}) =>
  readMessage(message, { ...context, ...changes }).told
const says = (message: Message, changes: Partial<MappingContext> = {}): Observed["says"] => {
  const result = told(message, changes)
  return result._tag === "claim" ? result.says : assert.fail(`${result._tag}, not a claim`)
}
const eur = (cents: bigint) => money(cents, "EUR")

const second = Date.parse("2026-03-20T14:22:06Z")

// The walk: every status of the facts, what it says of a purchase, where in its second it stands, and what it says of a payout.
const expected: Readonly<
  Record<keyof typeof paymentStatuses, readonly [claim: string, millis: number, payout: PayoutKind]>
> = {
  error: ["unclear", 400, "refused"],
  processing: ["working, action stands", 0, "working"],
  "awaiting redirect result": ["working, action stands", 100, "working"],
  "awaiting customer action": ["working, action stands", 0, "working"],
  "awaiting customer": ["working, action stands", 0, "working"],
  "awaiting clarification": ["unclear", 60, "working"],
  "awaiting confirmation": ["promised 1200", 300, "working"],
  "external processing": ["working", 200, "working"],
  "awaiting 3ds result": ["working, action stands", 0, "working"],
  "awaiting merchant auth": ["working", 200, "working"],
  "awaiting capture": ["working", 200, "working"],
  "awaiting approval": ["working", 200, "working"],
  "awaiting clarify data": ["working, action stands", 0, "working"],
  "awaiting clearing": ["working", 200, "working"],
  "awaiting partially clearing": ["working", 200, "working"],
  "clearing processing": ["working", 200, "working"],
  "scheduled recurring processing": ["working", 200, "working"],
  "awaiting retry": ["working", 200, "working"],
  "awaiting finalization": ["working", 200, "working"],
  "invoice sent": ["working, action stands", 0, "unknown"],
  "awaiting payment": ["working, action stands", 0, "working"],
  success: ["received 1200", 400, "done"],
  decline: ["refused", 400, "refused"],
  reversed: ["undone", 400, "reversed"],
  refunded: ["undone", 400, "unknown"],
  "partially reversed": ["undone", 400, "unknown"],
  "partially refunded": ["undone", 400, "unknown"],
  canceled: ["withdrawn", 400, "unknown"],
  cancelled: ["withdrawn", 400, "unknown"],
  "invoice cancelled": ["withdrawn", 400, "unknown"],
  expired: ["lapsed", 400, "unknown"],
  "internal error": ["unclear", 400, "trouble"],
  "external error": ["unclear", 400, "trouble"],
  "partially paid": ["unknown_word", 400, "unknown"],
  "partially paid out": ["unknown_word", 400, "unknown"],
  "decline renewal": ["unknown_word", 400, "unknown"]
}

const describeTold = (message: Message): string => {
  const result = told(message)
  if (result._tag !== "claim") return result._tag
  const claim = result.says
  if (claim._tag === "working") return claim.actionStands === true ? "working, action stands" : "working"
  return "amount" in claim && claim.amount !== undefined ? `${claim._tag} ${claim.amount.minorUnits}` : claim._tag
}

const moneyStatuses: ReadonlySet<string> = new Set([
  "success",
  "awaiting confirmation",
  "reversed",
  "refunded",
  "partially reversed",
  "partially refunded"
])
const otherTypes = ["recurring", "refund", "account verification", "card verify", "invoice", "PURCHASE", ""]

describe("the table of payment statuses", () => {
  it("has a row here for every row there", () => {
    assert.sameMembers(Object.keys(expected), Object.keys(paymentStatuses))
  })

  for (const [status, [claim, millis, payout]] of Object.entries(expected)) {
    it(`reads "${status}" of a purchase as ${claim}`, () => {
      const message = withStatus(status)
      assert.equal(describeTold(message), claim)
      assert.equal(readMessage(message, context).facts.providerTime, second + millis)
    })

    it(`reads "${status}" of a payout as ${payout}, and as nothing about the money of a purchase`, () => {
      assert.deepEqual(told(withStatus(status, {}, { type: "payout" })), { _tag: "payout", kind: payout })
    })

    it(`claims nothing from "${status}" of another type, and no money without a type`, () => {
      for (const type of otherTypes) assert.equal(told(withStatus(status, {}, { type }))._tag, "unclear", type)
      const untyped = withStatus(status, {}, { type: null })
      if (moneyStatuses.has(status)) assert.equal(told(untyped)._tag, "unclear")
      else assert.equal(describeTold(untyped), claim)
    })
  }

  it("keeps an unknown status as a word, shortened to what may be printed", () => {
    assert.deepEqual(says(withStatus("awaiting provider audit")), {
      _tag: "unknown_word",
      word: "awaiting provider audit"
    })
    for (const status of ["", "x".repeat(65), "öö", "a\nb", "Success", "success ", "constructor", "toString"]) {
      assert.equal(says(withStatus(status))._tag, "unknown_word", status)
      assert.deepEqual(told(withStatus(status, {}, { type: "payout" })), { _tag: "payout", kind: "unknown" })
    }
  })

  it("claims nothing without a status", () => {
    assert.equal(told(withStatus("", {}, { status: null }))._tag, "unclear")
  })
})

describe("the payment's status alone decides", () => {
  const operation = { type: "sale", status: "success", sum_initial: sum, code: "0" }
  it("over an operation that succeeded", () => {
    assert.equal(says(withStatus("awaiting confirmation", { operation }))._tag, "promised")
    assert.equal(says(withStatus("decline", { operation }))._tag, "refused")
    assert.equal(says(withStatus("processing", { operation }))._tag, "working")
  })
  it("over an operation that was declined", () => {
    assert.equal(says(withStatus("success", { operation: { ...operation, status: "decline" } }))._tag, "received")
  })
})

describe("the result code", () => {
  const codeOf = (changes: object) => readMessage(withStatus("success", changes), context).facts.providerCode
  it("of a success is 0, so that it replaces the code of what was tried before", () => {
    assert.equal(codeOf({ operation: { type: "sale", code: "0" } }), "0")
    assert.equal(
      codeOf({
        operations: [
          { type: "sale", code: "20301" },
          { type: "sale", code: 0n }
        ]
      }),
      "0"
    )
  })
  it("is no code unless it is digits", () => {
    for (const code of ["", "SECRET", "1234567", "-1", null]) assert.isUndefined(codeOf({ operation: { code } }))
  })
})

describe("why a payment was declined", () => {
  const declineOf = (status: string, code: string) =>
    readMessage(withStatus(status, { operation: { type: "sale", code } }), context).facts.decline

  it("is told by the code of a payment that came to nothing", () => {
    const canceled = { reason: "canceled", next: "try_again" } as const
    for (const status of ["decline", "expired", "canceled", "reversed"]) {
      assert.deepEqual(declineOf(status, "20301"), canceled, status)
    }
  })
  it("is not told by a code of the payment's success, of waiting, or of nobody's registry", () => {
    for (const code of ["0", "20802", "999999"]) assert.isUndefined(declineOf("decline", code), code)
    for (const status of ["success", "processing", "awaiting confirmation", "internal error"]) {
      assert.isUndefined(declineOf(status, "20301"), status)
    }
  })
})

describe("failed checks", () => {
  const error = (code: unknown) => told(withStatus("error", { errors: [{ code }] }))
  it("are refusals, with the code as text", () => {
    for (const code of ["2801", 2801n]) {
      const message = withStatus("error", { errors: [{ code }] })
      assert.deepEqual(says(message), { _tag: "refused" })
      assert.equal(readMessage(message, context).facts.providerCode, "2801")
    }
  })
  it("of an id that exists are an acceptance", () => {
    for (const code of ["3041", "3613"]) {
      assert.deepEqual(says(withStatus("error", { errors: [{ code }] })), { _tag: "accepted" })
    }
  })
  it("tell an unknown payment, a passing trouble, and what cannot be told", () => {
    assert.equal(error("3061")._tag, "absent")
    assert.equal(error("3062")._tag, "ask_later")
    for (const code of [null, "", "0", "no code"]) assert.equal(error(code)._tag, "unclear")
  })
})

describe("sums", () => {
  const sale = (amount: bigint, currency = "EUR", status = "success") => ({
    type: "sale",
    status,
    sum_initial: { amount, currency }
  })
  it("come from the payment, or from its sale where the payment has none", () => {
    assert.deepEqual(says(withStatus("success")), { _tag: "received", amount: eur(1200n) })
    const message = withStatus("success", { operation: sale(1300n) }, { sum: null })
    assert.deepEqual(says(message), { _tag: "received", amount: eur(1300n) })
    assert.equal(told(withStatus("success", {}, { sum: null }))._tag, "unclear")
    assert.equal(told(withStatus("awaiting confirmation", {}, { sum: null }))._tag, "unclear")
  })
  it("that contradict each other are the smaller one and a deviation", () => {
    for (const amount of [1199n, 1n]) {
      const message = withStatus("success", { operation: sale(amount) })
      assert.deepEqual(says(message), { _tag: "received", amount: eur(amount) })
      assert.isTrue(readMessage(message, context).facts.contractDrift)
    }
    assert.deepEqual(says(withStatus("success", { operation: sale(9999n) })), { _tag: "received", amount: eur(1200n) })
  })
  it("in two currencies are the one that is not euro", () => {
    const foreign = money(1200n, "USD")
    assert.deepEqual(says(withStatus("success", { operation: sale(1200n, "USD") })), {
      _tag: "received",
      amount: foreign
    })
    const message = withStatus("success", { operation: sale(1200n) }, { sum: { amount: 1200n, currency: "USD" } })
    assert.deepEqual(says(message), { _tag: "received", amount: foreign })
  })
  it("of a status query come from the sale that succeeded, not from one declined before it", () => {
    const operations = [sale(1000n, "EUR", "decline"), sale(1200n), { type: "payment confirmation", status: "success" }]
    const message = withStatus("success", { operations })
    assert.deepEqual(says(message), { _tag: "received", amount: eur(1200n) })
    assert.isUndefined(readMessage(message, context).facts.contractDrift)
  })
  it("of one payment are one operation, however many messages tell of it", () => {
    for (const operation of [sale(1200n), { type: "payment confirmation", status: "success", sum_initial: sum }]) {
      assert.equal(readMessage(withStatus("success", { operation }), context).facts.operation, "sale")
      assert.equal(readMessage(withStatus("awaiting confirmation", { operation }), context).facts.operation, "sale")
    }
    assert.equal(readMessage(withStatus("reversed"), context).facts.operation, "reversal")
    assert.isUndefined(readMessage(withStatus("decline"), context).facts.operation)
  })
})

describe("money that goes back in parts", () => {
  const reversal = (amount: bigint, status = "success") => ({
    type: "reversal",
    status,
    sum_initial: { amount, currency: "EUR" }
  })
  const left = { sum: { amount: 700n, currency: "EUR" } }
  it("is what the operation says in a callback, because the payment's sum is what is left", () => {
    const message = withStatus("partially reversed", { operation: reversal(500n) }, left)
    assert.deepEqual(says(message), { _tag: "undone", amount: eur(500n) })
  })
  it("is all parts together in a status query, and never less than what is missing", () => {
    const operations = [reversal(300n), reversal(200n), reversal(100n, "decline")]
    const message = withStatus("partially refunded", { operations }, left)
    assert.deepEqual(says(message, { asked: eur(1200n) }), { _tag: "undone", amount: eur(500n) })
    assert.deepEqual(says(withStatus("partially refunded", {}, left), { asked: eur(1200n) }), {
      _tag: "undone",
      amount: eur(500n)
    })
  })
  it("counts as all of it where no part is told", () => {
    assert.deepEqual(says(withStatus("partially refunded", {}, { sum: null })), { _tag: "undone" })
  })
})

describe("redirects", () => {
  const at = (redirect_data: unknown, isSandbox = false) =>
    says(withStatus("awaiting redirect result", { redirect_data }), { isSandbox })
  const word = (redirect_data: unknown, isSandbox = false): string => {
    const claim = at(redirect_data, isSandbox)
    return claim._tag === "unknown_word" ? claim.word : assert.fail(claim._tag)
  }
  it("by GET are a link, by POST a form of the body's values as text", () => {
    const link = at({ url: "https://bank.example/a?b=1", method: "GET" })
    assert.isTrue(link._tag === "action_needed" && link.action._tag === "redirect")
    const form = at({ url: "https://bank.example/a", method: "post", body: { a: "1", b: 2n, c: true, d: null } })
    if (form._tag !== "action_needed" || form.action._tag !== "submit_form") return assert.fail(form._tag)
    assert.deepEqual(form.action.fields, { a: "1", b: "2", c: "1", d: "" })
  })
  it("to anything but a plain https address are refused", () => {
    const bad = [
      "javascript:alert(1)",
      "data:text/html,x",
      "http://bank.example/",
      "https://bank.example@evil.example/",
      "https://user:pass@bank.example/",
      "//bank.example/",
      "/relative",
      "ftp://bank.example/",
      "blob:https://bank.example/1",
      "not an address"
    ]
    for (const url of bad) assert.equal(word({ url, method: "GET" }), "redirect to an address that is not safe", url)
    assert.equal(at({ url: "http://127.0.0.1/", method: "GET" }, true)._tag, "action_needed")
    assert.equal(word({ url: "javascript:alert(1)" }, true), "redirect to an address that is not safe")
  })
  it("that cannot be followed safely are words for a person", () => {
    const url = "https://bank.example/"
    assert.equal(word({ url, method: "POST", body: { a: { b: "c" } } }), "redirect with nested fields")
    assert.equal(word({ url, method: "PUT" }), "redirect of an unknown method")
    assert.equal(word({ url, method: "GET", body: { a: "1" } }), "redirect of an unknown method")
  })
})

describe("widgets", () => {
  const body = {
    widget_url: "https://psd2.neopay.lt/widget.js",
    widget_host: "https://psd2.neopay.lt/",
    token: "t",
    other: "off"
  }
  const claim = (changes: object, isSandbox = false) =>
    says(
      withStatus("awaiting redirect result", {
        redirect_data: { url: "http://pay.test/", body: { ...body, ...changes } }
      }),
      {
        isSandbox
      }
    )
  it("of the published address are loaded, whatever the redirect's own address is", () => {
    const told = claim({})
    if (told._tag !== "action_needed" || told.action._tag !== "load_widget") return assert.fail(told._tag)
    const { host, parameters, scriptUrl, token } = told.action
    assert.deepEqual(
      { host, parameters, scriptUrl, token },
      { scriptUrl: body.widget_url, host: "https://psd2.neopay.lt", token: "t", parameters: { other: "off" } }
    )
  })
  it("from elsewhere, or without their parts, are words for a person", () => {
    const elsewhere = [
      "https://evil.example/widget.js",
      "https://psd2.neopay.lt.evil.example/",
      "https://user@psd2.neopay.lt/",
      "http://psd2.neopay.lt/widget.js",
      "//psd2.neopay.lt/",
      "javascript:alert(1)",
      "http://127.0.0.1/widget.js"
    ]
    for (const address of elsewhere) {
      assert.equal(claim({ widget_url: address })._tag, "unknown_word", address)
      assert.equal(claim({ widget_host: address })._tag, "unknown_word", address)
    }
    for (const part of ["widget_url", "widget_host", "token"])
      assert.equal(claim({ [part]: null })._tag, "unknown_word")
    assert.equal(claim({ widget_url: "http://127.0.0.1:8080/widget.js" }, true)._tag, "action_needed")
  })
})

describe("questions to the payer", () => {
  const ask = (clarification_fields: unknown) => told(withStatus("awaiting clarification", { clarification_fields }))
  const consent = { psu_consent: {}, psu_consent_text: { default: " a; b " } }
  it("are its fields, in the payer's words where they are known, and the consent's text as it is", () => {
    const good = ask({
      customer: {
        type: "object",
        properties: { ...consent, first_name: {}, middle_name: { description: "Middle name" } },
        required: ["first_name"],
        errors: [{ property: "middle_name", message: "x" }]
      },
      account: null
    })
    if (good._tag !== "claim" || good.says._tag !== "action_needed") return assert.fail(good._tag)
    const { action } = good.says
    if (action._tag !== "collect") return assert.fail(action._tag)
    assert.equal(action.consentText, " a; b ")
    assert.deepEqual(
      action.fields.map(({ isRequired, name }) => [name, isRequired]),
      [
        ["customer.first_name", true],
        ["customer.middle_name", false]
      ]
    )
    assert.match(action.fields[1]?.label ?? "", /^Middle name: .*please check/)
  })
  it("that cannot be asked as documented make us ask the platform again", () => {
    for (const fields of [
      {},
      { customer: { properties: {} } },
      { customer: { properties: { psu_consent: {} } } },
      { customer: { properties: { psu_consent: {}, psu_consent_text: { default: "" } } } },
      { customer: { properties: { "first.name": {} } } },
      { "Customer;": { properties: { first_name: {} } } }
    ]) {
      assert.equal(ask(fields)._tag, "unclear", JSON.stringify(fields))
    }
  })
})

describe("times", () => {
  const time = (date: unknown, operation?: object) =>
    readMessage(withStatus("success", operation === undefined ? {} : { operation }, { date }), context).facts
  it("are read with their zone, exactly", () => {
    const at = second + 400
    for (const date of [
      "2026-03-20T14:22:06+0000",
      "2026-03-20T16:22:06+02:00",
      "2026-03-20T14:22:06Z",
      "2026-03-20T16:22:06+02"
    ]) {
      assert.equal(time(date).providerTime, at, date)
    }
  })
  it("of the operation count when they are later", () => {
    assert.equal(time("2026-03-20T14:22:06+0000", { date: "2026-03-20T14:22:09+0000" }).providerTime, second + 3400)
    assert.equal(time("2026-03-20T14:22:06+0000", { date: "2026-03-20T14:22:01+0000" }).providerTime, second + 400)
  })
  it("without a zone are no times but a deviation; a missing one is neither", () => {
    for (const date of ["2026-03-20T14:22:06", "2026-13-40T14:22:06+0000", "20.03.2026", ""]) {
      assert.isUndefined(time(date).providerTime, date)
      assert.isTrue(time(date).contractDrift, date)
    }
    assert.isUndefined(time(null).providerTime)
    assert.isUndefined(time(null).contractDrift)
  })
})
