import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import { type Order, useWorld } from "../support/world.ts"

const world = useWorld()

const openPage = async (input: Order): Promise<void> => {
  const { says } = await world.create(input)
  if (says._tag !== "action_needed") return assert.fail(says._tag)
  const { action } = says
  if (action._tag === "redirect") await world.provider.payer(input.attemptId, { action: "open", url: action.url })
  else if (action._tag === "submit_form") {
    await world.provider.payer(input.attemptId, { action: "open", parameters: action.fields })
  } else assert.fail(action._tag)
}

const goToBank = async (input: Order): Promise<void> => {
  await openPage(input)
  await world.provider.payer(input.attemptId, { action: "choose_bank", bankId: 1981 })
}

describe("a payment by Payment Page", () => {
  it("is paid by link, and the signed callback proves the sum", async () => {
    const input = world.order()
    await goToBank(input)
    assert.equal(world.agency.fold(input).name, "requires_action")
    await world.provider.payer(input.attemptId, { action: "confirm" })
    await world.provider.pass(1000)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.equal(fold.received?.minorUnits, 1200n)
    assert.deepEqual(fold.attention, [])
    assert.equal(fold.paidVia, "Latvian Banks")
  })

  it("is paid by form when the payer is named, and the names are in no address", async () => {
    const input = world.order({
      payer: {
        firstName: Redacted.make("Jānis"),
        lastName: Redacted.make("Bērziņš & Co"),
        phone: Redacted.make("+371 20000000")
      },
      options: {
        bank: "seb",
        page: {
          payer: { address: "Zaļā iela 1-2 + pagalms", city: "Rīga", birthDate: "1990-02-28" },
          booking: { bookers: [{ lastName: "Bērziņš" }] },
          receipt: { positions: [{ amount: "1200", description: 'Nodeva & "soda" nauda' }] }
        }
      }
    })
    const { says } = await world.create(input)
    if (says._tag !== "action_needed" || says.action._tag !== "submit_form") return assert.fail("no form")
    assert.notInclude(says.action.url, "?")
    assert.equal(says.action.fields["customer_phone"], "37120000000")
    assert.equal(says.action.fields["customer_address"], "Zaļā iela 1-2 + pagalms")
    // A browser's form post, not the control API: the signature must survive the encoding.
    const page = await fetch(says.action.url, { method: "POST", body: new URLSearchParams(says.action.fields) })
    assert.equal(page.status, 200)
    await world.provider.outcome(input.attemptId, { status: "success" })
    await world.provider.pass(1000)
    assert.equal(world.agency.fold(input).name, "paid_soft")
  })

  it("opens from a browser by its link", async () => {
    const { says } = await world.create(world.order({ purpose: "Nodeva + 5 % & ēka #2 = 'jā'" }))
    if (says._tag !== "action_needed" || says.action._tag !== "redirect") return assert.fail("no link")
    assert.equal((await fetch(says.action.url)).status, 200)
  })

  it("is declined softly when the payer refuses, with the bank's code", async () => {
    const input = world.order()
    await goToBank(input)
    await world.provider.payer(input.attemptId, { action: "refuse" })
    await world.provider.pass(1000)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "declined_soft")
    assert.equal(fold.providerCode, "20301")
  })

  it("stays open when the payer walks away, and expires by the provider's word after the deadline", async () => {
    const input = world.order()
    await goToBank(input)
    await world.provider.payer(input.attemptId, { action: "leave" })
    await world.provider.pass(11_000)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).name, "requires_action")
    await world.provider.pass(3_600_000)
    assert.equal(world.agency.fold(input).name, "expired_soft")
  })

  it("expires by its absence, an hour after the deadline, when the page was never used", async () => {
    const input = world.order()
    await openPage(input)
    await world.provider.pass(11_000)
    assert.deepEqual(
      (await world.agency.ask(input)).map((one) => one.says),
      [{ _tag: "absent" }]
    )
    assert.equal(world.agency.fold(input).name, "requires_action")
    await world.provider.pass(2 * 3_600_000)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).name, "expired_soft")
  })

  it("is paid by late money after a decline", async () => {
    const input = world.order()
    await goToBank(input)
    await world.provider.payer(input.attemptId, { action: "refuse" })
    await world.provider.pass(86_400_000)
    assert.equal(world.agency.fold(input).name, "declined_soft")
    await world.provider.outcome(input.attemptId, { status: "success", force: true })
    await world.provider.pass(1000)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.deepEqual(fold.attention, ["late_money"])
  })
})
