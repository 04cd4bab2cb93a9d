import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import { acknowledgement, signatureOf } from "../Desk.ts"
import { answering } from "../handlers.ts"
import type { WebHandler } from "../HttpBinding.ts"

const detail = "mark-of-a-detail-4d1f"

const broken: ReadonlyArray<readonly [string, WebHandler]> = [
  ["rejects", () => Promise.reject(new RangeError(detail))],
  [
    "throws",
    () => {
      throw new RangeError(detail)
    }
  ]
]

/** Runs `during` and answers the errors that nobody caught meanwhile. */
const uncaught = async (during: () => Promise<void>): Promise<ReadonlyArray<unknown>> => {
  const errors: Array<unknown> = []
  const note = (error: unknown) => void errors.push(error)
  process.on("unhandledRejection", note).on("uncaughtException", note)
  try {
    await during()
    // Rejections without a handler are told after the turn in which they arose.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off("unhandledRejection", note).off("uncaughtException", note)
  }
  return errors
}

export const failures = casesOf("failures", [
  {
    id: "error-without-details",
    sentence: "An error of the handler is answered 500, without a word of its details.",
    reason: "Messages and stack traces show strangers paths, versions and what to try next.",
    check: async (world) => {
      for (const [how, handler] of broken) {
        const server = await world.serve(handler)
        const answer = await server.send()
        assert.equal(answer.status, 500, how)
        const told = [answer.text, ...answer.rawHeaders].join("\n")
        for (const word of [detail, "RangeError", ".ts:", "node_modules"]) assert.ok(!told.includes(word), told)
      }
    }
  },
  {
    id: "error-told",
    sentence: "An error of the handler reaches the application's own error handling.",
    reason: "What nobody is told of, nobody mends: notices fail for days until a citizen complains.",
    check: async (world) => {
      for (const [how, handler] of broken) {
        const server = await world.serve(handler)
        await server.send()
        assert.ok(
          server.errors.some((error) => error instanceof RangeError && error.message === detail),
          how
        )
      }
    }
  },
  {
    id: "serves-on",
    sentence: "After an error the next request is served as ever.",
    reason: "One poisonous notice must not stop all others.",
    check: async (world) => {
      let count = 0
      const server = await world.serve((request) => {
        if (count++ === 0) throw new Error(detail)
        return answering("ok")(request)
      })
      assert.equal((await server.send()).status, 500)
      assert.equal((await server.send()).text, "ok")
    }
  },
  {
    id: "client-leaves-sending",
    sentence: "A client that leaves in the middle of its body cuts the body and aborts the signal, and is no error.",
    reason: "Half a notice taken for a whole one is stored as something that was never said.",
    check: async (world) => {
      const started = Promise.withResolvers<void>()
      const seen = Promise.withResolvers<readonly [body: string, aborted: boolean]>()
      const handler: WebHandler = async (request) => {
        const { signal } = request
        const gone = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()))
        started.resolve()
        const body = await request.text().then(
          (text) => text,
          () => "cut"
        )
        await gone
        seen.resolve([body, signal.aborted])
        return new Response("nobody reads this")
      }
      const server = await world.serve(handler)
      const caught = await uncaught(async () => {
        const exchange = server.open({ method: "POST", headers: [["content-length", "100"]] })
        await exchange.write("only this much")
        await started.promise
        exchange.leave()
        assert.deepEqual(await seen.promise, ["cut", true])
        assert.equal((await server.send({ path: "/none" })).status, 404)
      })
      assert.deepEqual([caught, server.errors], [[], []])
    }
  },
  {
    id: "client-leaves-waiting",
    sentence: "A notice that has arrived is stored although its sender no longer waits for the answer.",
    reason: "Providers hang up early; the evidence is worth the same, and may not come again.",
    check: async (world) => {
      const desk = await world.serveDesk()
      const arrived = Promise.withResolvers<void>()
      const done = Promise.withResolvers<number>()
      const server = await world.serve(async (request) => {
        const gone = new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve()))
        const body = await request.arrayBuffer()
        arrived.resolve()
        await gone
        const response = await desk.desk.payments.handler(new Request(request, { method: "POST", body }))
        done.resolve(response.status)
        return response
      })
      const caught = await uncaught(async () => {
        const exchange = server.open({ body: "1", headers: [signatureOf("1")] })
        exchange.end()
        await arrived.promise
        exchange.leave()
        assert.equal(await done.promise, acknowledgement.status)
        assert.equal(await desk.desk.stored(), 1)
        assert.equal((await server.send({ path: "/none" })).status, 404)
      })
      assert.deepEqual([caught, server.errors], [[], []])
    }
  },
  {
    id: "client-hangs-up",
    sentence: "Notices of a sender that hangs up as soon as it has sent them are stored, each of them.",
    reason:
      "Fire and forget is how some providers notify; whoever stops reading at the hang-up loses notices under load.",
    check: async (world) => {
      const server = await world.serveDesk()
      const caught = await uncaught(async () => {
        const count = 20
        for (let index = 0; index < count; index++) {
          const body = `notice ${index}`
          const socket = await server.dial()
          const [name, signature] = signatureOf(body)
          const head = `POST /payments/webhooks/x HTTP/1.1\r\nHost: a\r\n${name}: ${signature}\r\nContent-Length: ${body.length}`
          socket.write(`${head}\r\n\r\n${body}`, () => socket.destroy())
        }
        // Each turn is a whole request, so the server has done more of its work after it.
        while ((await server.desk.stored()) < count) await server.send({ path: "/none" })
      })
      assert.deepEqual([caught, server.errors], [[], []])
    }
  },
  {
    id: "signal-of-an-answered-request",
    sentence: "The signal of a request that was answered is never aborted.",
    reason: "Work that goes on after the answer would be stopped as if the client had left.",
    check: async (world) => {
      const signals: Array<AbortSignal> = []
      const server = await world.serve((request) => {
        signals.push(request.signal)
        return Promise.resolve(new Response("ok"))
      })
      for (let count = 0; count < 3; count++) await server.send({ body: "1" })
      assert.deepEqual(
        signals.map(({ aborted }) => aborted),
        [false, false, false]
      )
    }
  },
  {
    id: "shutdown",
    sentence: "At shutdown a notice under way is stored and acknowledged; then nobody gets in.",
    reason: "Every deployment would otherwise lose what is just arriving.",
    check: async (world) => {
      const desk = await world.serveDesk()
      const arrived = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      const server = await world.serve(async (request) => {
        arrived.resolve()
        await release.promise
        return desk.desk.payments.handler(request)
      })
      const exchange = server.open({ method: "POST", headers: [signatureOf("12"), ["content-length", "2"]] })
      await exchange.write("1")
      await arrived.promise
      const closed = server.close()
      release.resolve()
      await exchange.write("2")
      exchange.end()
      assert.equal((await exchange.answer).status, acknowledgement.status)
      await closed
      assert.equal(await desk.desk.stored(), 1)
      await assert.rejects(server.send())
    }
  }
])
