import assert from "node:assert/strict"
import { collected, eventsOf, minute, offered, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const returnMovesNoMoney: Law = {
  id: "return-moves-no-money",
  sentence: "The payer's way back proves nothing: it only makes us ask, and leads to the agency's page.",
  reason: "Every payer knows the address of the way back, and can open it without paying.",
  duty: "Give the provider `urls.return` as the place to send the payer back to; read nothing from that way back.",
  check: async (world) => {
    const { driver } = world
    const payment = await offered(world)
    await driver.notices.hold()
    await world.act(payment, "open")
    const page = await world.act(payment, "pay")
    if ((await collected(world, payment)) === 0n) await world.turn(payment, { to: "received" })
    assert.ok(page.leadsTo, "the provider's page does not lead the payer back to us")
    assert.ok(
      page.leadsTo.startsWith(world.webhookUrl.replace(/\/webhooks\/.*$/, "/return/")),
      `the provider sends the payer to another place: ${new URL(page.leadsTo).pathname}`
    )
    await silenceStatus(world)
    const visited = await world.visit(page.leadsTo)
    assert.equal(visited.status, 303, "the way back does not lead to the agency's page")
    assert.match(visited.location ?? "", /\/back$/)
    assert.notEqual((await world.get(payment)).status, "paid", "the way back was believed")
    await driver.faults.clear()
    await driver.advance(minute)
    const bare = page.leadsTo.replace(/\/return\/([^/]+)\/[0-9a-f]+/, `/return/$1/${"0".repeat(32)}`)
    assert.equal((await world.visit(bare)).location, undefined, "a wrong token leads to the agency's page")
    // The way back, the notices and a query at once: one state, told once.
    const notices = await driver.notices.list()
    await Promise.all([
      world.visit(page.leadsTo),
      world.payments.refresh(payment.id),
      ...notices.map((notice) => world.deliver(notice))
    ])
    await world.quiet()
    assert.equal(
      (await world.get(payment)).status,
      "paid",
      "return, notices and question came at once, and the payment is not paid"
    )
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 1, "fulfilment was told more than once")
  }
}
