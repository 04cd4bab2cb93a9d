// Over the wire of the simulator: what support is told of one request, by the id in Gate's answer.
import { money, type Observed } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { askRequest, type EcommpayLvConfig, findResultCode } from "../../src/index.ts"
import { ipAddress, reasonOf } from "../support/openAdapter.ts"
import { useWorld } from "../support/world.ts"

const world = useWorld({ flow: "gate" })

const config = (): EcommpayLvConfig => ({
  environment: "sandbox",
  projectId: world.provider.projectId,
  secrets: [world.provider.secret],
  fundsConfirmation: "off",
  endpoints: world.provider.endpoints,
  timeouts: { responseMillis: 1000 }
})
const ask = (requestId: string, changes: Partial<EcommpayLvConfig> = {}) =>
  Effect.provide(askRequest({ ...config(), ...changes }, requestId), layer)

/** The `request_id` that Gate gave in its answer. */
const requestIdOf = (observed: ReadonlyArray<Observed>): string => {
  const { request_id: id } = JSON.parse(new TextDecoder().decode(observed[0]?.evidence))
  assert.isString(id)
  return id
}
/** A sale that Gate takes; `bank` 5 is none of its banks, which it tells afterwards. */
const sale = async (bank?: number) => {
  const input = world.order({
    payer: { ipAddress },
    ...(bank === undefined ? {} : { options: { bank } })
  })
  const requestId = requestIdOf(await Effect.runPromise(world.adapter.create(input)))
  return { input, requestId }
}
const unknownId = "f1de353331a01fd14163fe4226-00009530"
const calls = () => world.provider.sandbox.calls().filter(({ operation }) => operation === "status_request")

describe("the lookup by request_id", () => {
  it("tells status, our reference and the operations with their sums", async () => {
    const { input, requestId } = await sale()
    await world.provider.outcome(input.attemptId, { status: "success" })
    const told = await Effect.runPromise(ask(requestId))
    assert.deepEqual([told?.status, told?.providerReference, told?.problems], ["success", input.attemptId, []])
    const [operation, ...more] = told?.operations ?? []
    assert.deepEqual([operation?.type, operation?.status, more], ["sale", "success", []])
    assert.deepEqual(operation?.amount, money(1200n, "EUR"))
    assert.deepEqual([operation?.result?.code, operation?.result?.meaning], ["0", findResultCode("0")])
    assert.lengthOf(calls(), 1)
  })

  it("tells why a request failed its checks, which began nothing", async () => {
    await world.provider.settings({ semanticErrors: "callback" })
    const { input, requestId } = await sale(5)
    const told = await Effect.runPromise(ask(requestId))
    assert.deepEqual([told?.status, told?.providerReference, told?.operations], ["error", input.attemptId, []])
    const [problem] = told?.problems ?? []
    assert.equal(problem?.field, "account.bank_id")
    assert.deepEqual(problem?.result?.meaning, findResultCode(problem?.result?.code ?? ""))
    assert.isDefined(problem?.result?.meaning?.handling)
  })

  it("tells the code with which a bank declined, and what it calls for", async () => {
    const { input, requestId } = await sale()
    await world.provider.outcome(input.attemptId, { status: "decline", code: "20301" })
    const told = await Effect.runPromise(ask(requestId))
    assert.equal(told?.status, "decline")
    const { code, meaning } = told?.operations.at(-1)?.result ?? {}
    assert.deepEqual([code, meaning], ["20301", findResultCode("20301")])
    assert.isDefined(meaning)
  })

  it("has no answer about a request that ecommpay does not know", async () => {
    assert.isUndefined(await Effect.runPromise(ask(unknownId)))
    assert.lengthOf(calls(), 1)
  })

  it("changes nothing", async () => {
    const { input, requestId } = await sale()
    await world.provider.outcome(input.attemptId, { status: "success" })
    await world.provider.pass(1000)
    const before = JSON.stringify(world.provider.sandbox.payments())
    await Effect.runPromise(ask(requestId))
    assert.equal(JSON.stringify(world.provider.sandbox.payments()), before)
    assert.include(before, input.attemptId)
  })

  it("is refused with a key that is not the project's", async () => {
    const { requestId } = await sale()
    assert.equal((await reasonOf(ask(requestId, { secrets: ["another key"] })))._tag, "AuthenticationFailed")
    // The unknown one is not told to a stranger either.
    assert.equal((await reasonOf(ask(unknownId, { secrets: ["another key"] })))._tag, "AuthenticationFailed")
  })

  for (const text of [
    "",
    "att_01",
    "010180-12345",
    "LV80BANK0000435195001",
    `${unknownId};x`,
    `${unknownId}\n`,
    "a-".repeat(200)
  ]) {
    it(`sends nothing for what is no request_id: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const reason = await reasonOf(ask(text))
      assert.equal(reason._tag === "InvalidRequest" ? reason.field : reason._tag, "requestId")
      if (text !== "") assert.notInclude(reason.message, text)
      assert.deepEqual(world.provider.sandbox.calls(), [])
    })
  }
})

describe("a spoiled answer of the lookup by request_id", () => {
  for (const [kind, tag, status] of [
    ["wrong_signature", "MalformedResponse"],
    ["garbage", "MalformedResponse"],
    ["html", "MalformedResponse"],
    ["html", "Unavailable", 404],
    ["truncate", "Unavailable"],
    ["huge", "Unavailable"],
    ["timeout", "Unavailable"],
    ["reset", "Unavailable"],
    ["status", "Unavailable", 503],
    ["status", "RateLimited", 429]
  ] as const) {
    it(`is not used: ${kind}${status ?? ""} is ${tag}, and the next one is`, async () => {
      const { requestId } = await sale()
      const fault = { operation: "status_request", kind, phase: "after", times: 1 } as const
      world.provider.sandbox.faults.add({ ...fault, ...(status === undefined ? {} : { status }) })
      assert.equal((await reasonOf(ask(requestId)))._tag, tag)
      assert.isDefined(await Effect.runPromise(ask(requestId)))
    })
  }
})
