import type { Collect } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { ipAddress, reasonOf } from "../support/openAdapter.ts"
import { type Order, useWorld } from "../support/world.ts"

const world = useWorld({ flow: "gate" })
const iban = "LV80BANK0000435195001"

/** A sale whose payer is asked by the platform; the question is there. */
const asked = async (settings: object): Promise<Order> => {
  await world.provider.settings(settings)
  const input = world.order({ payer: { ipAddress }, options: { bank: "swedbank" } })
  await world.create(input)
  await world.provider.pass(2000)
  return input
}
const question = (input: Order): Collect => {
  const action = world.agency.fold(input).nextAction
  return action?._tag === "collect" ? action : assert.fail(action?._tag)
}
const answer = (input: Order, fields: Readonly<Record<string, string>>, consentText?: string) =>
  world.adapter.resume(
    { ...input, now: world.now() },
    { fields, ...(consentText === undefined ? {} : { consentText }) }
  )
const answered = async (...given: Parameters<typeof answer>): Promise<void> => {
  world.agency.keepReply(await Effect.runPromise(answer(...given)))
  assert.equal(world.agency.fold(given[0]).nextAction?._tag, "wait")
  await world.provider.pass(2000)
}

describe("consent and missing data", () => {
  it("go on to the bank when all that was asked came back, the consent character for character", async () => {
    const input = await asked({ consentRequired: true, namesRequired: true, ibanBanks: [1981] })
    const { consentText, fields } = question(input)
    assert.deepEqual(
      fields.map(({ isRequired, name }) => [name, isRequired]),
      [
        ["customer.first_name", true],
        ["customer.last_name", true],
        ["account.number", true]
      ]
    )
    const names = { "customer.first_name": "Paraugs; Otrais", "customer.last_name": "Piemērs" }
    await answered(input, { ...names, "account.number": iban }, consentText)
    assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
  })

  it("are asked once more where an answer is missing or not right, and the field says so", async () => {
    const input = await asked({ consentRequired: true, ibanBanks: [1981] })
    const first = question(input)
    await answered(input, { "account.number": "LV00BANK0000435195001" }, `${first.consentText ?? ""} `)
    const second = question(input)
    assert.equal(second.consentText, first.consentText)
    assert.match(second.fields[0]?.label ?? "", /IBAN.*please check/)
    await answered(input, {}, second.consentText)
    const third = question(input)
    assert.isUndefined(third.consentText)
    await answered(input, { "account.number": iban })
    assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
  })

  it("are found by asking when the callback was lost, and end in a decline after half an hour", async () => {
    world.provider.sandbox.faults.add({ operation: "callback", kind: "drop" })
    const input = await asked({ consentRequired: true })
    await world.provider.pass(10_000)
    await world.agency.ask(input)
    assert.isDefined(question(input).consentText)
    await world.provider.pass(29 * 60_000)
    assert.equal(world.agency.fold(input).nextAction?._tag, "collect")
    await world.provider.pass(2 * 60_000)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).name, "declined_soft")
  })

  it("refuse names that were not asked in, and an answer that nobody waits for", async () => {
    const input = await asked({ consentRequired: true })
    const before = world.provider.sandbox.calls().length
    for (const name of ["first_name", "customer.psu_consent", "customer.__proto__", "a.b.c", ""]) {
      assert.equal((await reasonOf(answer(input, { [name]: "1" })))._tag, "InvalidRequest", name)
    }
    assert.equal(world.provider.sandbox.calls().length, before)
    await answered(input, {}, question(input).consentText)
    const reason = await reasonOf(answer(input, {}))
    assert.equal(reason._tag === "Refused" ? reason.providerCode : reason._tag, "3060")
  })

  it("say that the outcome is unknown when the answer's acceptance was lost", async () => {
    const input = await asked({ consentRequired: true })
    const { consentText } = question(input)
    world.provider.sandbox.faults.add({ operation: "clarification", kind: "close", phase: "after" })
    assert.equal((await reasonOf(answer(input, {}, consentText)))._tag, "OutcomeUnknown")
    await world.provider.pass(2000)
    assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
  })
})

describe("the widget of redirect variant 1", () => {
  it("is loaded with the host as it is called, the token and the provider's parameters", async () => {
    const input = await asked({ redirectVariant: 1 })
    const action = world.agency.fold(input).nextAction
    if (action?._tag !== "load_widget") return assert.fail(action?._tag)
    assert.equal(action.call, "NEOWidget.initialize")
    assert.notMatch(action.host, /\/$/)
    assert.equal(action.parameters["callback_url"], input.urls.return)
    assert.notProperty(action.parameters, "token")
    const query = new URLSearchParams({ token: action.token, ...action.parameters })
    assert.equal((await fetch(`${action.host}/widget?${query.toString()}`)).status, 200)
  })

  it("follows a cascade to another provider: the newest address stands", async () => {
    const input = await asked({ redirectVariant: 2 })
    const first = world.agency.fold(input).nextAction
    await world.provider.outcome(input.attemptId, { status: "awaiting redirect result" })
    await world.provider.pass(2000)
    const second = world.agency.fold(input).nextAction
    if (first?._tag !== "redirect" || second?._tag !== "redirect") return assert.fail(second?._tag)
    assert.notEqual(second.url, first.url)
    assert.equal((await fetch(second.url)).status, 200)
  })
})
