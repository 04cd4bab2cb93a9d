import type { CreateInput, Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { afterAll, assert, beforeAll, beforeEach, describe, it } from "vitest"
import type { EcommpayLvPaymentOptions } from "../../src/index.ts"
import { type Agency, openAgency } from "../support/agency.ts"
import { type OpenAdapter, openAdapter, orderAt } from "../support/openAdapter.ts"
import { openSandbox, type Provider } from "../support/openSandbox.ts"

let provider: Provider
let open: OpenAdapter
let agency: Agency

beforeAll(async () => {
  provider = await openSandbox()
  open = await openAdapter({
    environment: "sandbox",
    projectId: provider.projectId,
    secrets: [provider.secret],
    fundsConfirmation: "off",
    endpoints: provider.endpoints
  })
  agency = await openAgency(open, () => provider.sandbox.clock.now())
})
afterAll(async () => {
  await agency.close()
  await open.close()
  await provider.sandbox.close()
})
beforeEach(() => {
  provider.sandbox.reset()
  agency.forget()
})

type Order = CreateInput<EcommpayLvPaymentOptions>

const order = (changes: Partial<Order> = {}): Order => {
  const plain = orderAt(provider.sandbox.clock.now())
  const urls = { ...plain.urls, webhook: `${agency.url}/hook`, return: `${agency.url}/return` }
  return { ...plain, urls, ...changes }
}

const create = async (input: Order): Promise<Observed> => {
  const observed = await Effect.runPromise(open.adapter.create(input))
  agency.keepReply(observed)
  return observed[0] ?? assert.fail("nothing was observed")
}

const openPage = async (input: Order): Promise<void> => {
  const { says } = await create(input)
  if (says._tag !== "action_needed") return assert.fail(says._tag)
  const { action } = says
  if (action._tag === "redirect") await provider.payer(input.attemptId, { action: "open", url: action.url })
  else if (action._tag === "submit_form") {
    await provider.payer(input.attemptId, { action: "open", parameters: action.fields })
  } else assert.fail(action._tag)
}

const goToBank = async (input: Order): Promise<void> => {
  await openPage(input)
  await provider.payer(input.attemptId, { action: "choose_bank", bankId: 1981 })
}

describe("a payment by Payment Page", () => {
  it("is paid by link, and the signed callback proves the sum", async () => {
    const input = order()
    await goToBank(input)
    assert.equal(agency.fold(input).name, "requires_action")
    await provider.payer(input.attemptId, { action: "confirm" })
    await provider.pass(1000)
    const fold = agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.equal(fold.received?.minorUnits, 1200n)
    assert.deepEqual(fold.attention, [])
    assert.equal(fold.paidVia, "Latvian Banks")
  })

  it("is paid by form when the payer is named, and the names are in no address", async () => {
    const input = order({
      payer: {
        firstName: Redacted.make("Jānis"),
        lastName: Redacted.make("Bērziņš & Co"),
        phone: Redacted.make("+371 20000000")
      },
      options: { bank: "seb" }
    })
    const { says } = await create(input)
    if (says._tag !== "action_needed" || says.action._tag !== "submit_form") return assert.fail("no form")
    assert.notInclude(says.action.url, "?")
    assert.equal(says.action.fields["customer_phone"], "37120000000")
    // A browser's form post, not the control API: the signature must survive the encoding.
    const page = await fetch(says.action.url, { method: "POST", body: new URLSearchParams(says.action.fields) })
    assert.equal(page.status, 200)
    await provider.outcome(input.attemptId, { status: "success" })
    await provider.pass(1000)
    assert.equal(agency.fold(input).name, "paid_soft")
  })

  it("opens from a browser by its link", async () => {
    const { says } = await create(order({ purpose: "Nodeva + 5 % & ēka #2 = 'jā'" }))
    if (says._tag !== "action_needed" || says.action._tag !== "redirect") return assert.fail("no link")
    assert.equal((await fetch(says.action.url)).status, 200)
  })

  it("is declined softly when the payer refuses, with the bank's code", async () => {
    const input = order()
    await goToBank(input)
    await provider.payer(input.attemptId, { action: "refuse" })
    await provider.pass(1000)
    const fold = agency.fold(input)
    assert.equal(fold.name, "declined_soft")
    assert.equal(fold.providerCode, "20301")
  })

  it("stays open when the payer walks away, and expires by the provider's word after the deadline", async () => {
    const input = order()
    await goToBank(input)
    await provider.payer(input.attemptId, { action: "leave" })
    await provider.pass(11_000)
    await agency.ask(input)
    assert.equal(agency.fold(input).name, "requires_action")
    await provider.pass(3_600_000)
    assert.equal(agency.fold(input).name, "expired_soft")
  })

  it("expires by its absence, an hour after the deadline, when the page was never used", async () => {
    const input = order()
    await openPage(input)
    await provider.pass(11_000)
    assert.deepEqual(
      (await agency.ask(input)).map((one) => one.says),
      [{ _tag: "absent" }]
    )
    assert.equal(agency.fold(input).name, "requires_action")
    await provider.pass(2 * 3_600_000)
    await agency.ask(input)
    assert.equal(agency.fold(input).name, "expired_soft")
  })

  it("is paid by late money after a decline", async () => {
    const input = order()
    await goToBank(input)
    await provider.payer(input.attemptId, { action: "refuse" })
    await provider.pass(86_400_000)
    assert.equal(agency.fold(input).name, "declined_soft")
    await provider.outcome(input.attemptId, { status: "success", force: true })
    await provider.pass(1000)
    const fold = agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.deepEqual(fold.attention, ["late_money"])
  })
})
