import assert from "node:assert/strict"
import { money, type Payment, type PaymentError } from "@maksa/core"
import type * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { attempted, hour, offered, payAtProvider } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"
import type { World } from "../../World.ts"
import { listenToConsole } from "./listenToConsole.ts"
import { foundIn, ibanCanary, payerCanaries, personalValues } from "./canaries.ts"

const nowhere = (where: string, text: string, values: ReadonlyArray<string>) => {
  const found = foundIn(text, values)
  // What was found is named by its place in the list: a report must not leak it either.
  assert.deepEqual(
    found.map((value) => `canary ${values.indexOf(value)}`),
    [],
    `${where} hold secrets or personal data`
  )
}

/** Enough to see what a failure says: the provider's no, and an answer that cannot be read. */
const quick: ReadonlySet<string> = new Set(["refusal", "garbage"])

/** Every declared extra that sees personal data, once well and once with a reply that is lost. */
const furtherVerbs = async (world: World, payment: Payment): Promise<void> => {
  const { driver } = world
  const { issueInvoice, payout, refund, resume } = await world.adapter()
  const record = world.record(payment)
  const [currency = "EUR"] = world.manifest.limits.currencies
  const back = { amount: money(1n, currency), repaymentId: "rep_canary", webhook: world.webhookUrl }
  const { address, code, firstName: name } = payerCanaries
  const calls = {
    payout: payout?.(record, { ...back, payee: { iban: Redacted.make(ibanCanary), name: Redacted.make(name) } }),
    refund: refund?.(record, { ...back, reason: "asked back" }),
    issueInvoice: issueInvoice?.(record, { name, code, address }),
    resume: resume?.(record, { fields: { iban: ibanCanary, name }, consentText: "yes" })
  } as const
  for (const [operation, call] of Object.entries(calls) as ReadonlyArray<
    [keyof typeof calls, Effect.Effect<unknown, PaymentError> | undefined] // the record's own members
  >) {
    if (call === undefined) continue
    await attempted(() => world.run(call))
    for (const kind of driver.faults.kinds(operation).filter((one) => quick.has(one))) {
      await driver.faults.plan({ operation, kind, phase: "after" })
      await attempted(() => world.run(call))
      await driver.faults.clear()
    }
  }
}

/** A life with everything that can go wrong on the way. */
const live = async (world: World): Promise<void> => {
  const { driver, manifest } = world
  for (const operation of ["create", "status", "receipt"] as const) {
    for (const kind of driver.faults.kinds(operation)) {
      for (const phase of ["before", "after"] as const) {
        await driver.faults.plan({ operation, kind, phase })
        if (operation === "create") await attempted(() => world.create())
        else {
          const [payment] = await world.payments.list()
          await world.driver.advance(11_000)
          if (payment !== undefined && operation === "status") await attempted(() => world.payments.refresh(payment.id))
          if (payment !== undefined && operation === "receipt") {
            for (const format of manifest.receipt.formats) {
              await attempted(() => world.payments.receipt(payment.id, { format }))
            }
          }
        }
        await driver.faults.clear()
      }
    }
  }
  const payment = await offered(world)
  await world.act(payment, "open")
  await payAtProvider(world, payment)
  const [notice] = await driver.notices.list()
  if (notice !== undefined) {
    for (const forgery of ["flipped", "unsigned", "foreign"] as const) {
      const forged = await driver.notices.forge(notice, forgery)
      if (forged !== undefined) await world.deliver(forged)
    }
  }
  await world.advance(hour)
  await furtherVerbs(world, payment)
  await attempted(() => world.create({ purpose: "x".repeat(manifest.limits.maxPurposeLength + 1) }))
}

/** What the provider does not take cannot get out; whatever it takes, the scenario gives. */
const nothingLeftOut = async (world: World): Promise<void> => {
  const { payer = {} } = world.order
  for (const [field, value] of Object.entries(payerCanaries)) {
    if (field in payer) continue
    const isTaken = await attempted(() => world.create({ payer: { ...payer, [field]: value } }))
    assert.ok(!isTaken, `the scenario \`personal\` leaves out \`payer.${field}\`, and \`create\` takes it`)
  }
}

export const nothingLeaks: Law = {
  id: "nothing-leaks",
  sentence:
    "Secrets and personal data are in no log line, span, metric, error, event, address or readable row of the store.",
  reason: "Logs are read by many, kept for years and sent abroad; a personal code in them is a breach.",
  duty: "Keep secrets and personal data redacted; put neither into messages, spans or links; name shapes, never values.",
  once: true,
  check: async ({ contract, driver }) => {
    const secrets = contract.secrets(driver)
    assert.ok(
      secrets.length > 0 && secrets.every((one) => one.length >= 6),
      "the contract names no secrets to search for"
    )
    const order = contract.scenarios.personal(payerCanaries)
    const values = [...secrets, ...personalValues(payerCanaries), ibanCanary]
    using printed = listenToConsole()
    await using world = await openWorld(contract, driver, { order })
    let trouble: unknown
    try {
      await live(world)
      await nothingLeftOut(world)
    } catch (cause) {
      // Whatever went wrong, what came out until then is searched first.
      trouble = cause
    }
    nowhere("the console and the standard streams", printed.text(), values)
    nowhere("logs, spans, metrics, errors, events or addresses", world.output(), values)
    nowhere("readable rows of the store", world.store.dump(), values)
    nowhere("the provider's value", inspect(world.provider, { depth: 12, showHidden: true }), secrets)
    nowhere("the adapter", inspect(await world.adapter(), { depth: 12, showHidden: true }), secrets)
    for (const payment of await world.payments.list()) {
      const { attempts } = payment
      const urls = attempts.flatMap(({ actionUrl, nextAction }) => [
        actionUrl ?? "",
        nextAction !== undefined && "url" in nextAction ? (nextAction.url ?? "") : ""
      ])
      nowhere("addresses that the payer is sent to", urls.join("\n"), values)
      const history = await world.payments.history(payment.id)
      nowhere("the history", inspect(history, { depth: 12 }), values)
    }
    if (trouble !== undefined) throw trouble
  }
}
