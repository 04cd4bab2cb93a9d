import assert from "node:assert/strict"
import { Inbound } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { hostileBodies } from "./hostileBodies.ts"
import { memoryInUse, peakOf } from "./memory.ts"

const mega = 1024 * 1024
/** Room for garbage that nobody has collected yet, and what a reader may need for each byte that was sent. */
const room = 64 * mega
const perByte = 32
const rounds = 100
const size = 200_000

/** Hands bodies to the adapter's own `webhook`, without the HTTP around it, whose buffers come and go. */
const reader = async (world: World) => {
  const adapter = await world.adapter()
  return (body: Uint8Array, mediaType = "application/json"): Promise<unknown> => {
    const inbound = new Inbound({
      method: "POST",
      url: world.webhookUrl,
      headers: { "content-type": mediaType, signature: "x".repeat(200) },
      body,
      receivedAt: DateTime.makeUnsafe(world.now())
    })
    return world.run(Effect.asVoid(Effect.exit(adapter.webhook(inbound))))
  }
}

export const hostileMemory: Law = {
  id: "hostile-notice-takes-little-memory",
  sentence: "Whatever is sent to the webhook address takes memory in proportion to its size, and none of it is kept.",
  reason:
    "A body of a thousand bytes that grows to a thousand million ends the program for everybody, and so does a leak.",
  duty: "Bound what a parser may expand and repeat, verify before you parse, and keep nothing of a message that you refuse.",
  once: true,
  check: async (world) => {
    const read = await reader(world)
    for (const [name, body] of hostileBodies) {
      const mediaType = body[0] === 0x3c ? "text/xml" : "application/json"
      const peak = await peakOf(() => read(body, mediaType))
      const most = room + perByte * body.byteLength
      assert.ok(peak < most, `${name}, ${body.byteLength} bytes, took ${Math.round(peak / mega)} MiB`)
    }
    const before = await memoryInUse()
    for (let round = 0; round < rounds; round++) await read(new Uint8Array(size).fill(round))
    const kept = (await memoryInUse()) - before
    assert.ok(kept < (rounds * size) / 3, `of ${rounds} refused messages of ${size} bytes ${kept} bytes were kept`)
  }
}
