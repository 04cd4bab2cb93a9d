import { inspect } from "node:util"

import type { HttpTransport, PaymentError } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import type * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { vissMm } from "../src/index.ts"
import { attempt, created, createInput, type Mm, personal, redacted, startMm } from "./support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

/** Marks that nobody may ever see: the payer's data, secrets, and the tokens in our URLs. */
const marks: ReadonlyArray<string> = [
  ...Object.values(personal),
  "01019019191",
  "KANARIJS",
  "kanarijs",
  "demo-passphrase-kanarijs",
  "maksataja-zime",
  "servera-zime",
  "BEGIN ENCRYPTED",
  "BEGIN CERTIFICATE"
]

/** Everything that an application could print of a call: its spans, its logs and its outcome in every form. */
const shownBy = async <A>(
  effect: Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope>
): Promise<{ readonly text: string; readonly spans: ReadonlyArray<string>; readonly failed: boolean }> => {
  const spans: Array<Tracer.Span> = []
  const logs: Array<unknown> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  const logger = Logger.make((entry) => void logs.push(entry))
  const exit = await Effect.runPromiseExit(
    effect.pipe(
      Effect.tapCause((cause) => Effect.logError("failed", cause)),
      Effect.scoped,
      Effect.provide(layer),
      Effect.provide(Logger.layer([logger])),
      Effect.withTracer(tracer)
    )
  )
  const forms = Exit.isFailure(exit)
    ? [
        Cause.pretty(exit.cause),
        JSON.stringify(exit.cause),
        inspect(exit.cause, { depth: 12, showHidden: true }),
        ...exit.cause.reasons
          .filter(Cause.isFailReason)
          .flatMap(({ error }) => [
            String(error),
            error.stack ?? "",
            JSON.stringify(error),
            inspect(error, { depth: 12, showHidden: true })
          ])
      ]
    : []
  const traced = spans.map(({ attributes, name, status }) =>
    inspect(
      {
        name,
        attributes: [...attributes],
        status: status._tag === "Ended" && Exit.isFailure(status.exit) ? Cause.pretty(status.exit.cause) : ""
      },
      { depth: 12 }
    )
  )
  return {
    text: [...forms, ...traced, inspect(logs, { depth: 12 })].join("\n"),
    spans: spans.map(({ name }) => name),
    failed: Exit.isFailure(exit)
  }
}

const keepsSecrets = (text: string): void => {
  for (const mark of marks) assert.notInclude(text, mark)
}

const faultKinds = [
  "close",
  "reset",
  "status",
  "html",
  "truncate",
  "garbage",
  "entity_bomb",
  "soap_fault",
  "nil_result"
]

describe("no mark is ever shown", () => {
  it.each(faultKinds)("by create, status or receipt that meet %s", async (kind) => {
    const adapter = await mm.adapter()
    const { id } = await created(adapter)
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const known = attempt({ providerReference: id })
    mm.fault({ operation: "*", kind, phase: "after" })
    const create = await shownBy(adapter.create(createInput()))
    const status = await shownBy(adapter.status(known))
    const receipt = await shownBy(adapter.receipt(known, "xml"))
    assert.isTrue(create.failed && status.failed)
    assert.strictEqual(receipt.failed, kind !== "soap_fault" && kind !== "nil_result")
    assert.deepStrictEqual(
      [create.spans, status.spans, receipt.spans],
      [["VissMm.create"], ["VissMm.status"], ["VissMm.receipt"]]
    )
    keepsSecrets(create.text + status.text + receipt.text)
  })

  it.each([
    ["a rule of MM, which quotes the value", { options: { serviceStep: "kanarijs" } }],
    ["the payer's name", { payer: redacted({ ...personal, firstName: `${personal.firstName}\u0000` }) }],
    ["the payer's names", { payer: redacted({ ...personal, companyName: "SIA KANARIJS" }) }],
    ["the purpose", { purpose: `KANARIJS\u0001` }],
    ["a URL", { urls: { ...createInput().urls, webhook: "https://x.example/servera-zime#" } }]
  ])("by create that is refused for %s", async (_what, change) => {
    const adapter = await mm.adapter()
    const shown = await shownBy(adapter.create(createInput(change)))
    assert.isTrue(shown.failed)
    keepsSecrets(shown.text)
  })

  it("by an ordinary payment", async () => {
    const adapter = await mm.adapter()
    const create = await shownBy(adapter.create(createInput()))
    const check = await shownBy(adapter.check())
    assert.isFalse(create.failed || check.failed)
    assert.deepStrictEqual([...create.spans, ...check.spans], ["VissMm.create", "VissMm.check"])
    keepsSecrets(create.text + check.text)
  })

  it.each([
    [
      "wrong passphrase",
      async () => ({ credentials: { ...(await mm.pem("a")), passphrase: "demo-passphrase-kanarijs" } })
    ],
    [
      "wrong passphrase of a PFX",
      async () => ({ credentials: { ...(await mm.pfx("a")), passphrase: "demo-passphrase-kanarijs" } })
    ],
    [
      "legacy PFX",
      async () => ({ credentials: { ...(await mm.pfx("a", "legacyPfx")), passphrase: "demo-passphrase-kanarijs" } })
    ],
    [
      "no certificate",
      async () => ({ credentials: { pem: `KANARIJS ${(await mm.pem("a")).pem.slice(-1800)}`, passphrase: "demo" } })
    ],
    ["WSDL", () => Promise.resolve({ wsdl: { text: "<KANARIJS/>" } })]
  ])("by a start that fails for %s", async (_what, change) => {
    const shown = await shownBy(vissMm(await mm.config(await change())).make)
    assert.isTrue(shown.failed)
    keepsSecrets(shown.text)
  })
})

it("the marks would be seen if they were shown", async () => {
  const shown = await shownBy(Effect.die(new Error(personal.lastName)))
  assert.throws(() => keepsSecrets(shown.text))
  const logged = await shownBy(
    Effect.logInfo(personal.code).pipe(Effect.withSpan("x", { attributes: { a: personal.email } }))
  )
  assert.include(logged.text, personal.code)
  assert.include(logged.text, personal.email)
})
