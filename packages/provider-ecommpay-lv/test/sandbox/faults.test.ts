import type { PaymentErrorReason } from "@maksa/core"
import * as Effect from "effect/Effect"
import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import * as http from "node:http"
import { once } from "node:events"
import { assert, describe, it } from "vitest"
import { ipAddress, openAdapter, reasonOf } from "../support/openAdapter.ts"
import { testConfig } from "../support/recordingTransport.ts"
import { type Order, useWorld } from "../support/world.ts"

const world = useWorld({ flow: "gate", timeouts: { responseMillis: 500 } })
const order = (): Order => world.order({ payer: { ipAddress } })

type Tag = PaymentErrorReason["_tag"]
interface Rule {
  readonly kind: string
  readonly status?: number
  readonly sale: Tag
  readonly query: Tag
}

const rules: ReadonlyArray<Rule> = [
  { kind: "close", sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "reset", sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "timeout", sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "status", status: 500, sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "status", status: 503, sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "status", status: 429, sale: "OutcomeUnknown", query: "RateLimited" },
  { kind: "status", status: 403, sale: "OutcomeUnknown", query: "AuthenticationFailed" },
  { kind: "html", sale: "OutcomeUnknown", query: "MalformedResponse" },
  { kind: "html", status: 502, sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "truncate", sale: "OutcomeUnknown", query: "Unavailable" },
  { kind: "garbage", sale: "OutcomeUnknown", query: "MalformedResponse" },
  { kind: "entity_bomb", sale: "OutcomeUnknown", query: "MalformedResponse" }
]

describe("trouble on the way to Gate", () => {
  for (const { kind, query, sale, status } of rules) {
    for (const phase of ["before", "after"] as const) {
      const fault = { kind, phase, times: 1, ...(status === undefined ? {} : { status }) }
      it(`${kind}${status ?? ""} ${phase} a sale: ${sale}, and the payment is found or sent again once`, async () => {
        world.provider.sandbox.faults.add({ operation: "sale", ...fault })
        const input = order()
        assert.equal((await reasonOf(world.adapter.create(input)))._tag, sale)
        await world.provider.pass(10_500)
        const observed = await world.agency.ask(input)
        const isThere = observed[0]?.says._tag !== "absent"
        assert.equal(isThere, phase === "after")
        if (!isThere) await world.create(input)
        assert.equal(world.provider.sandbox.payments().length, 1)
      })

      it(`${kind}${status ?? ""} ${phase} a question: ${query}, and the next one is answered`, async () => {
        const input = order()
        await world.create(input)
        await world.provider.pass(10_500)
        world.provider.sandbox.faults.add({ operation: "status", ...fault })
        const asked = { ...input, now: world.now() }
        assert.equal((await reasonOf(world.adapter.status(asked)))._tag, query)
        assert.equal((await Effect.runPromise(world.adapter.status(asked)))[0]?.says._tag, "action_needed")
      })
    }
  }
})

describe("an answer of the status query with wrong content", () => {
  const answered = async (kind: string) => {
    const input = order()
    await world.create(input)
    await world.provider.outcome(input.attemptId, { status: "success" })
    await world.provider.pass(10_500)
    world.agency.forget()
    world.provider.sandbox.faults.add({ operation: "status", kind })
    return input
  }
  it("is not used when its signature is wrong", async () => {
    const input = await answered("wrong_signature")
    assert.equal((await reasonOf(world.adapter.status({ ...input, now: world.now() })))._tag, "MalformedResponse")
  })
  it("is not paid when its currency is wrong, and overpaid when its sum is", async () => {
    const foreign = await answered("wrong_currency")
    await world.agency.ask(foreign)
    assert.equal(world.agency.fold(foreign).name, "under_review")
    world.provider.sandbox.faults.clear()
    world.agency.forget()
    const more = await answered("wrong_amount")
    await world.agency.ask(more)
    assert.deepEqual(world.agency.fold(more).attention, ["overpaid"])
  })
  it("asks for a person when its status is not known, and changes nothing", async () => {
    const input = await answered("unknown_status")
    await world.agency.ask(input)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "created")
    assert.deepEqual(fold.attention, ["unknown_status"])
  })
})

describe("callbacks in trouble", () => {
  const paid = async (kind: string, extra: object = {}): Promise<Order> => {
    const input = order()
    await world.create(input)
    await world.provider.pass(500)
    world.provider.sandbox.faults.add({ operation: "callback", kind, times: 1, ...extra })
    await world.provider.outcome(input.attemptId, { status: "success" })
    await world.provider.pass(1000)
    return input
  }
  it("that come twice count once", async () => {
    const input = await paid("duplicate")
    assert.equal(world.agency.bodies.length, 3)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.equal(fold.received?.minorUnits, 1200n)
  })
  it("with a wrong signature are refused and prove nothing; the query knows", async () => {
    const input = await paid("wrong_signature")
    assert.equal(world.agency.refusals[0], "signature_invalid")
    assert.equal(world.agency.fold(input).name, "requires_action")
    await world.provider.pass(11_000)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).name, "paid_soft")
  })
  it("with a wrong currency or a smaller sum are never paid", async () => {
    const foreign = await paid("wrong_currency")
    assert.equal(world.agency.fold(foreign).name, "under_review")
    world.agency.forget()
    const less = order()
    await world.create(less)
    await world.provider.pass(500)
    await world.provider.outcome(less.attemptId, { status: "success", amount: 1199 })
    await world.provider.pass(1000)
    const fold = world.agency.fold(less)
    assert.equal(fold.name, "under_review")
    assert.include(fold.attention, "underpaid")
  })
  it("that arrive late and out of order lead to the same end", async () => {
    await world.provider.settings({ confirmation: "decline" })
    const input = order()
    await world.create(input)
    await world.provider.pass(500)
    world.provider.sandbox.faults.add({ operation: "callback", kind: "reorder", times: 1 })
    await world.provider.outcome(input.attemptId, { status: "awaiting confirmation" })
    await world.provider.pass(2000)
    await world.provider.outcome(input.attemptId, { confirmation: "decline" })
    await world.provider.pass(61_000)
    assert.equal(world.agency.fold(input).name, "declined_soft")
  })
})

describe("credentials that are not the project's", () => {
  it("are refused by Gate", async () => {
    const wrong = await openAdapter({
      environment: "sandbox",
      projectId: world.provider.projectId,
      secrets: ["another-key"],
      fundsConfirmation: "off",
      flow: "gate",
      endpoints: world.provider.endpoints
    })
    assert.equal((await reasonOf(wrong.adapter.create(order())))._tag, "AuthenticationFailed")
    const unknown = await openAdapter({
      environment: "sandbox",
      projectId: 999,
      secrets: [world.provider.secret],
      fundsConfirmation: "off",
      flow: "gate",
      endpoints: world.provider.endpoints
    })
    assert.equal((await reasonOf(unknown.adapter.create(order())))._tag, "AuthenticationFailed")
    await wrong.close()
    await unknown.close()
  })

  it("or an address that Gate does not let in, are told apart from a refusal of the payment", async () => {
    await world.provider.settings({ ipWhitelist: ["203.0.113.1"] })
    assert.equal((await reasonOf(world.adapter.create(order())))._tag, "AuthenticationFailed")
  })
})

describe("a server that is not Gate", () => {
  const withServer = async (listener: http.RequestListener, test: (gate: string) => Promise<void>): Promise<void> => {
    const server = http.createServer(listener)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    if (address === null || typeof address === "string") return assert.fail("no port")
    await test(`http://127.0.0.1:${address.port}`)
    const closed = once(server, "close")
    server.close()
    server.closeAllConnections()
    await closed
  }
  const opened = (gate: string) =>
    openAdapter({ ...testConfig, environment: "sandbox", endpoints: { gate, paymentPage: `${gate}/payment` } })

  it("cannot fill the memory with its answer", async () => {
    const listener: http.RequestListener = (_request, response) => response.end("x".repeat(2 * 1024 * 1024))
    await withServer(listener, async (gate) => {
      const { adapter, close } = await opened(gate)
      assert.equal((await reasonOf(adapter.create(order())))._tag, "OutcomeUnknown")
      const asked = { ...order(), createdAt: 0, submittedAt: 0 }
      assert.equal((await reasonOf(adapter.status(asked)))._tag, "Unavailable")
      await close()
    })
  })

  it("that refuses the connection got nothing: the sale may be repeated", async () => {
    let gone = ""
    await withServer(
      () => undefined,
      async (gate) => {
        gone = gate
      }
    )
    const { adapter, close } = await opened(gone)
    assert.equal((await reasonOf(adapter.create(order())))._tag, "Unavailable")
    await close()
  })

  it("is not trusted with a certificate that nobody vouches for, and is with the configured root", async () => {
    // Any TLS server serves: it is the other simulator, which asks for a client certificate and so ends the exchange.
    const { invoices } = world.provider.sandbox.ready.vissMm
    const endpoints = { gate: new URL(invoices).origin, paymentPage: "https://a.example" }
    const unknown = await openAdapter({ ...testConfig, endpoints })
    assert.equal((await reasonOf(unknown.adapter.create(order())))._tag, "Unavailable")
    await unknown.close()
    const pem = readFileSync(world.provider.sandbox.ready.pki.ca)
    for (const ca of [pem, pem.toString("utf8"), new X509Certificate(pem).raw]) {
      const known = await openAdapter({ ...testConfig, endpoints, ca: [ca] })
      assert.equal((await reasonOf(known.adapter.create(order())))._tag, "OutcomeUnknown")
      await known.close()
    }
  })
})
