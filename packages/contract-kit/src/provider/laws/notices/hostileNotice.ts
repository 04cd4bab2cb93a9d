import assert from "node:assert/strict"
import { offered } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { hostileBodies } from "./hostileBodies.ts"

const limitMillis = 2000
const mediaTypes = ["application/json", "text/xml", "application/x-www-form-urlencoded"]

export const hostileNotice: Law = {
  id: "hostile-notice-does-no-harm",
  sentence: "Whatever is sent to the webhook address is answered soon, with no server error, and changes nothing.",
  reason: "The address is public: one strange body must not slow, break or mislead the service for everybody.",
  duty: "Read bodies with a strict parser of bounded depth; fail with `WebhookError`, never with an exception.",
  once: true,
  check: async (world) => {
    const payment = await offered(world)
    await world.driver.notices.hold()
    const observed = (await world.payments.history(payment.id)).length
    const { status } = await world.get(payment)
    for (const [name, body] of hostileBodies) {
      for (const mediaType of mediaTypes) {
        const start = performance.now()
        const answer = await world.deliver({
          id: name,
          method: "POST",
          url: world.webhookUrl,
          headers: { "content-type": mediaType, signature: "x".repeat(200) },
          body
        })
        const millis = performance.now() - start
        assert.ok(answer < 500, `${name} as ${mediaType} broke the handler (${answer})`)
        assert.ok(millis < limitMillis, `${name} as ${mediaType} took ${Math.round(millis)} ms`)
        if (world.manifest.webhook === "signed")
          assert.ok(answer >= 400, `${name} as ${mediaType} was taken (${answer})`)
      }
    }
    assert.equal((await world.payments.history(payment.id)).length, observed, "a strange body was recorded")
    assert.equal((await world.get(payment)).status, status)
    assert.equal(({} as { readonly status?: unknown }).status, undefined, "a body changed every object of the program") // the poison's aim
  }
}
