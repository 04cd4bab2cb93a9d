import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import type { BindingWorld } from "../BindingWorld.ts"
import { parseable } from "../bodies.ts"
import { signatureOf } from "../Desk.ts"
import { answering, echo, echoed, sha256, unhandled } from "../handlers.ts"
import type { HttpBinding, Parser, WebHandler } from "../HttpBinding.ts"

const noParsers = ({ parsers }: HttpBinding): string | undefined =>
  parsers.length === 0 ? "`parsers` is empty: this framework has no body parsers" : undefined

/** Each parser alone, all of them, and all of them backwards. */
const orders = ({ parsers }: HttpBinding, keepsBytes: boolean): ReadonlyArray<ReadonlyArray<Parser>> => {
  const all = parsers.map((kind) => ({ kind, keepsBytes }))
  return [...all.map((one) => [one]), all, all.toReversed()]
}

const typeOf = { json: "application/json", urlencoded: "application/x-www-form-urlencoded", text: "text/plain" }

/** Parsers that leave nothing of the bytes, each with a body that it takes. */
const destroyers = ({ parsers }: HttpBinding) =>
  parsers.flatMap((kind) =>
    kind === "raw" ? [] : [{ kind, type: typeOf[kind], body: kind === "json" ? '{ "a":1 }' : "a=1" }]
  )

// What a handler makes of a body that cannot be read: it must not matter.
const forgery: WebHandler = (request) =>
  request.text().then(
    () => new Response("accepted"),
    () => new Response("bad signature", { status: 401 })
  )

const tellsTheFix = async (world: BindingWorld, handler: WebHandler): Promise<void> => {
  for (const { kind, type, body } of destroyers(world.binding)) {
    const server = await world.serve(handler, { parsers: [{ kind, keepsBytes: false }] })
    const answer = await server.send({ body, headers: [["content-type", type]] })
    assert.equal(answer.status, 500, `${kind}: ${answer.text}`)
    assert.ok(
      server.errors.some((error) => String(error).includes(world.binding.fix)),
      `${kind}: the application's error does not name the fix (${world.binding.fix}): ${server.errors.map(String).join("; ")}`
    )
    assert.ok(!answer.text.includes(world.binding.fix), "the sender is told of the application's inside")
  }
}

export const parsers = casesOf("body parsers", [
  {
    id: "parsers-that-keep",
    sentence: "Behind parsers that keep the bytes, in any order, the handler sees the bytes as they were sent.",
    reason: "Most applications mount a parser first; what the documentation tells them to set must work.",
    exempt: noParsers,
    check: async (world) => {
      for (const order of orders(world.binding, true)) {
        const server = await world.serve(echo, { parsers: order })
        const names = order.map(({ kind }) => kind).join(", ")
        for (const { what, bytes, type } of parseable) {
          const answer = await server.send({ body: bytes, headers: [["content-type", type]] })
          assert.equal(answer.status, 200, `${what} behind ${names}: ${answer.text}`)
          assert.equal(echoed(answer).digest, sha256(bytes), `${what} behind ${names}`)
        }
      }
    }
  },
  {
    id: "parsers-that-destroy",
    sentence: "Behind a parser that destroyed the bytes the request fails with an error that names the fix.",
    reason: "The developer sees at the first request what to change, instead of hunting for a wrong secret.",
    exempt: noParsers,
    check: (world) => tellsTheFix(world, echo)
  },
  {
    id: "no-false-forgery",
    sentence: "Bytes that a parser destroyed are never called a bad signature, whatever the handler makes of it.",
    reason: "A true notice that is answered as forged is not repeated: the payment stays open although the money came.",
    exempt: noParsers,
    check: async (world) => {
      await tellsTheFix(world, forgery)
      for (const { kind, type, body } of destroyers(world.binding)) {
        const server = await world.serveDesk({}, { parsers: [{ kind, keepsBytes: false }] })
        const answer = await server.send({ body, headers: [["content-type", type], signatureOf(body)] })
        assert.equal(answer.status, 500, kind)
        assert.deepEqual([server.desk.inbound.length, await server.desk.stored()], [0, 0])
      }
    }
  },
  {
    id: "parsers-without-body",
    sentence: "Requests without a body are served whatever parsers ran.",
    reason: "Payers' returns and notices by GET have nothing that a parser could destroy.",
    exempt: noParsers,
    check: async (world) => {
      for (const order of orders(world.binding, false)) {
        const server = await world.serve(echo, { parsers: order })
        for (const sent of [{}, { method: "POST" }, { method: "POST", body: "" }]) {
          const answer = await server.send(sent)
          assert.equal(answer.status, 200, answer.text)
          assert.equal(echoed(answer).length, 0)
        }
      }
    }
  },
  {
    id: "body-not-needed",
    sentence:
      "A destroyed body is no error where the handler does not read it, and none of the application's own routes suffer.",
    reason: "The binding must not break an application's other forms because it is mounted beside them.",
    exempt: noParsers,
    check: async (world) => {
      for (const { kind, type, body } of destroyers(world.binding)) {
        const parsed = { parsers: [{ kind, keepsBytes: false }] }
        const sent = { method: "POST", body, headers: [["content-type", type]] } as const
        const ours = await world.serve(answering("ok"), parsed)
        assert.equal((await ours.send(sent)).text, "ok")
        const foreign = await world.serve(unhandled, parsed)
        assert.equal((await foreign.send({ ...sent, path: "/payments/own" })).headers["x-own"], "yes")
        assert.deepEqual([ours.errors, foreign.errors], [[], []])
      }
    }
  }
])
