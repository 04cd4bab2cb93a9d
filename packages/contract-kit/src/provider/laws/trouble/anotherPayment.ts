import assert from "node:assert/strict"
import type { Payment, TransportResponse } from "@maksa/core"
import type { Law } from "../../Law.ts"
import { attempted, minute, noticesOf, offered, paid, payAtProvider, second } from "../../journeys.ts"
import type { World } from "../../World.ts"
import { wholeReceipt } from "../../wholeReceipt.ts"

/** What came back to us while `step` ran. */
const answers = async (world: World, step: () => Promise<unknown>): Promise<ReadonlyArray<TransportResponse>> => {
  const before = world.wire.exchanges.length
  await attempted(step)
  return world.wire.exchanges.slice(before).flatMap(({ response }) => response ?? [])
}

/** The last of them that names the payment: one that names none cannot be told from another's. */
const naming = (all: ReadonlyArray<TransportResponse>, ...names: ReadonlyArray<string | undefined>) =>
  all.findLast(({ body }) => {
    const text = Buffer.from(body).toString("latin1").toLowerCase()
    return names.some((name) => name !== undefined && text.includes(name.toLowerCase()))
  })

/** Long enough that the next question is really asked. */
const pause = (world: World) => world.driver.advance(minute + world.driver.facts.earliestQuerySeconds * second)

const isUnpaid = async (world: World, { id }: Payment, what: string): Promise<void> => {
  const { state, status } = await world.get({ id })
  assert.ok(!["paid", "provisional"].includes(status), `${what} made a payment ${status} that nobody has paid`)
  assert.equal(state.money.received, undefined, `${what} moved money`)
}

/** The reply to one order, given to the next one: only what names our own attempt can be told apart. */
const wrongReply = async (world: World): Promise<void> => {
  const replies = await answers(world, () => world.create())
  const [one] = await world.payments.list()
  assert.ok(one)
  const reply = naming(replies, one.current.id)
  if (reply === undefined) return
  world.wire.answerNextWith(reply)
  assert.equal(await attempted(() => world.create()), false, "the reply to another order was taken for this one's")
}

/** The answer about a paid payment, to a question about one that nobody has paid. */
const wrongAnswer = async (world: World, one: Payment, open: Payment): Promise<void> => {
  const { id, providerReference } = one.current
  await pause(world)
  const answer = naming(await answers(world, () => world.payments.refresh(one.id)), id, providerReference)
  assert.equal((await world.get(one)).status, "paid", "asking did not find the money")
  if (answer === undefined) return
  world.wire.answerNextWith(answer)
  await attempted(() => world.payments.refresh(open.id))
  await isUnpaid(world, open, "an answer about another payment")
}

/** The message about a paid payment, sent to the address that an unpaid one gave to the provider. */
const wrongAddress = async (world: World, one: Payment, open: Payment, message: Parameters<World["deliver"]>[0]) => {
  const own = new RegExp(`${new URL(world.webhookUrl).pathname}/[0-9a-f]{16,}`, "g")
  const [address] = world.wire.exchanges
    .filter(({ request }) =>
      Buffer.from(request.body ?? [])
        .toString("latin1")
        .includes(open.current.id)
    )
    .flatMap(
      ({ request }) =>
        Buffer.from(request.body ?? [])
          .toString("latin1")
          .match(own) ?? []
    )
  const url = new URL(message.url)
  if (address !== undefined && own.test(url.pathname)) url.pathname = address
  await world.deliver({ ...message, url: url.href })
  await world.quiet()
  await isUnpaid(world, open, "a message about another payment")
  assert.notEqual(one.id, open.id)
}

const wrongDocument = async (world: World): Promise<void> => {
  const [one, other] = [await paid(world), await paid(world)]
  await world.advance(60 * minute)
  const adapter = await world.adapter()
  for (const format of world.manifest.receipt.formats) {
    const ask = async ({ id }: Payment) => world.run(wholeReceipt(adapter.receipt(world.record({ id }), format)))
    const { id, providerReference } = (await world.get(one)).current
    const document = naming(await answers(world, () => ask(one)), id, providerReference)
    if (document === undefined) continue
    world.wire.answerNextWith(document)
    assert.equal(await attempted(() => ask(other)), false, `the ${format} of another payment was taken for this one's`)
  }
}

export const anotherPayment: Law = {
  id: "news-of-another-payment",
  sentence:
    "What names another payment is not believed of this one: no reply, no answer, no document, and no message that came to this one's address.",
  reason: "Caches, proxies and test systems mix answers up, and make of one payer's money the fee of another.",
  duty: "Compare the id in every reply, answer and document with the one that you asked for; say in `about` which payment a message names.",
  check: async (world) => {
    await world.driver.notices.hold()
    if (world.order.firstContact === "call") await wrongReply(world)
    const one = await offered(world)
    const open = await offered(world)
    await pause(world)
    const notices = await noticesOf(world, () => payAtProvider(world, one))
    await wrongAnswer(world, await world.get(one), open)
    const message = notices.at(-1)
    assert.ok(message, "the money came, and the provider has no message to send about it")
    await wrongAddress(world, one, open, message)
    await world.driver.notices.release()
    if (world.order === world.contract.scenarios.orders[0]) await wrongDocument(world)
  }
}
