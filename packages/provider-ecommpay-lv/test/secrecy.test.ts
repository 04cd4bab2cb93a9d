import { TransportError } from "@maksa/core"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"
import { ecommpayLv } from "../src/index.ts"
import { inbound } from "./support/agency.ts"
import { orderAt } from "./support/openAdapter.ts"
import { makeRecorded, projectId, reply, signedBytes, testConfig } from "./support/recordingTransport.ts"

// Marks in everything that may never show.
const key = "CANARY-key-1"
const previous = "CANARY-key-2"
const now = Date.parse("2026-12-01T12:00:00Z")
const payer = {
  firstName: Redacted.make("CANARY-first"),
  lastName: Redacted.make("CANARY-last"),
  email: Redacted.make("CANARY@example.com"),
  phone: Redacted.make("+371 99887766"),
  code: Redacted.make("32199887766"),
  address: Redacted.make("CANARY-street"),
  ipAddress: Redacted.make("192.0.2.77")
}
const marks = /CANARY|99887766|192\.0\.2\.77/
const config = { ...testConfig, secrets: [key, previous] } as const

const shown = (value: unknown): string =>
  [
    String(value),
    JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? String(field) : field)),
    inspect(value, { depth: 20, showHidden: true })
  ].join("\n")

const assertSilent = async (effect: Effect.Effect<unknown, unknown>): Promise<void> => {
  const exit = await Effect.runPromiseExit(effect)
  if (Exit.isSuccess(exit)) return assert.fail("it should have failed")
  assert.notMatch(Cause.pretty(exit.cause), marks)
  assert.notMatch(shown(exit.cause), marks)
  for (const reason of exit.cause.reasons) {
    assert.notEqual(reason._tag, "Die")
    if (Cause.isFailReason(reason)) assert.notMatch(shown(reason.error), marks)
  }
}

const order = orderAt(now, { payer })
const asked = { ...order, now: now + 60_000 }

describe("keys and personal data never show", () => {
  it("in the provider's value and its options", () => {
    assert.notMatch(shown(ecommpayLv(config)), marks)
  })

  const answers = [
    reply(400, '{"status":"error","code":"2004","message":"CANARY","errors":[{"code":"2004","field":"CANARY"}]}'),
    reply(403, '{"status":"error","code":"303","message":"CANARY"}'),
    reply(500, "CANARY"),
    reply(200, "<html>CANARY</html>"),
    reply(200, '{"status":"CANARY"}'),
    reply(200, signedBytes({ project_id: projectId, payment: { id: "CANARY", status: "CANARY" } }, key)),
    reply(200, signedBytes({ project_id: projectId, payment: { id: "CANARY", sum: "CANARY" } }, key)),
    new TransportError({ phase: "sent_no_response", code: "UND_ERR_SOCKET", kind: "connection" })
  ]
  answers.forEach((answer, index) => {
    it(`in the errors of create, status and check (answer ${index + 1})`, async () => {
      const { adapter } = makeRecorded(() => answer, config)
      await assertSilent(adapter.create(order))
      await assertSilent(adapter.status(asked))
      assert.notMatch(shown(await Effect.runPromise(adapter.check())), marks)
    })
  })

  it("in refusals of input", async () => {
    const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), config)
    for (const changes of [
      { payer: { ...payer, firstName: Redacted.make("CANARY;") } },
      { payer: { ...payer, phone: Redacted.make("CANARY") } },
      { payer: { ...payer, ipAddress: Redacted.make("CANARY") } },
      { options: { customer: { id: "32199887766" } } },
      { options: { description: "CANARY 32199887766" } }
    ]) {
      await assertSilent(adapter.create({ ...order, ...changes }))
    }
  })

  it("in refusals of callbacks", async () => {
    const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), config)
    const bodies = [
      signedBytes({ payment_id: "CANARY" }, key),
      signedBytes({ payment: { id: "CANARY" } }, "wrong"),
      new TextEncoder().encode("CANARY")
    ]
    for (const body of bodies) await assertSilent(adapter.webhook(inbound(body)))
  })

  it("in what is logged and observed of a callback that is not understood", async () => {
    const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), config)
    const logged: Array<string> = []
    const logger = Logger.make(({ message }) => void logged.push(shown(message)))
    const webhook = adapter.webhook(inbound(signedBytes({ payment: { id: "CANARY", status: 17 } }, key)))
    const verdict = await Effect.runPromise(Effect.provide(webhook, Logger.layer([logger])))
    assert.lengthOf(logged, 1)
    assert.notMatch(logged.join("\n"), marks)
    assert.notMatch(shown(verdict.observations), marks)
  })

  it("in the address of a page", async () => {
    const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { ...config, flow: "payment_page" })
    const [observed] = await Effect.runPromise(adapter.create(order))
    if (observed?.says._tag !== "action_needed" || observed.says.action._tag !== "submit_form") return assert.fail()
    assert.notMatch(observed.says.action.url, marks)
    assert.notMatch(JSON.stringify(observed.says.action), /CANARY-key|32199887766|CANARY-street|192\.0\.2\.77/)
  })
})
