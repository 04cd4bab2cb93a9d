import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import { acknowledgement, signatureOf } from "../Desk.ts"
import { answering } from "../handlers.ts"

const headersOf = (rawHeaders: ReadonlyArray<string>, name: string): ReadonlyArray<string> =>
  rawHeaders.flatMap((one, index) =>
    index % 2 === 0 && one.toLowerCase() === name ? [rawHeaders[index + 1] ?? ""] : []
  )

const piece = (size: number) => new Uint8Array(size).fill(120)

export const answers = casesOf("answers", [
  {
    id: "acknowledgement-unchanged",
    sentence: "A provider's acknowledgement is sent with its status, headers and body unchanged.",
    reason: "Providers compare it literally; another answer is a failed delivery, repeated for days and then given up.",
    check: async (world) => {
      const server = await world.serveDesk()
      const answer = await server.send({ body: "1", headers: [signatureOf("1")] })
      const { status, headers, body } = acknowledgement
      assert.deepEqual([answer.status, answer.text], [status, body])
      for (const [name, value] of Object.entries(headers)) assert.deepEqual(headersOf(answer.rawHeaders, name), [value])
    }
  },
  {
    id: "try-again-unchanged",
    sentence: "What could not be stored is answered with the provider's own invitation to try again.",
    reason: "Called a success, the notice never comes again, and nothing of it is stored.",
    check: async (world) => {
      const server = await world.serveDesk()
      server.desk.refuse(true)
      const answer = await server.send({ body: "1", headers: [signatureOf("1")] })
      assert.deepEqual([answer.status, answer.headers["retry-after"], answer.text], [503, "7", "later"])
      server.desk.refuse(false)
      assert.equal((await server.send({ body: "1", headers: [signatureOf("1")] })).status, acknowledgement.status)
    }
  },
  {
    id: "forgery-refused",
    sentence: "A refusal of the handler stays a refusal.",
    reason: "A forged notice that is answered like a true one tells nobody that somebody is trying.",
    check: async (world) => {
      const server = await world.serveDesk()
      const answer = await server.send({ body: "1", headers: [signatureOf("2")] })
      assert.deepEqual([answer.status, answer.text, await server.desk.stored()], [401, "", 0])
    }
  },
  {
    id: "compressed-refused",
    sentence: "A compressed notice is answered 415 and its connection is closed.",
    reason: "No provider compresses; what is inflated before it is refused can be a bomb.",
    check: async (world) => {
      const server = await world.serveDesk()
      for (const encoding of ["gzip", "br"]) {
        const answer = await server.send({ body: "1", headers: [signatureOf("1"), ["content-encoding", encoding]] })
        assert.deepEqual([answer.status, answer.headers.connection], [415, "close"], encoding)
      }
      assert.equal(server.desk.inbound.length, 0)
    }
  },
  {
    id: "waits-for-the-handler",
    sentence: "Nothing is answered before the handler has.",
    reason: "An acknowledgement before the evidence is committed is a promise that a crash breaks.",
    check: async (world) => {
      const release = Promise.withResolvers<void>()
      const arrived = Promise.withResolvers<void>()
      const server = await world.serve(async (request) => {
        await request.arrayBuffer()
        arrived.resolve()
        await release.promise
        return new Response(null, { status: 204 })
      })
      const exchange = server.open({ body: "1" })
      exchange.end()
      await arrived.promise
      let isAnswered = false
      const head = exchange.head.then(() => (isAnswered = true))
      // Other requests go all the way meanwhile, so an early answer would have come.
      for (let turn = 0; turn < 3; turn++) await server.send({ path: "/none" })
      assert.equal(isAnswered, false, "the answer came before the handler's")
      release.resolve()
      await head
    }
  },
  {
    id: "statuses",
    sentence: "Every status arrives as the handler gave it.",
    reason: "Providers repeat on some statuses and stop on others: one that is changed loses or multiplies notices.",
    check: async (world) => {
      const server = await world.serve((request) =>
        Promise.resolve(new Response(null, { status: Number(new URL(request.url).searchParams.get("status")) }))
      )
      for (const status of [
        200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503
      ]) {
        const answer = await server.send({ path: `/payments/x?status=${status}` })
        assert.deepEqual([answer.status, answer.text], [status, ""])
      }
    }
  },
  {
    id: "cookies",
    sentence: "Several Set-Cookie headers stay several, in their order.",
    reason: "Joined by a comma they are one cookie with a broken value, and the payer's session is lost.",
    check: async (world) => {
      const headers = new Headers()
      const cookies = ["a=1; Path=/; Expires=Sun, 22 Nov 2026 10:00:00 GMT", "b=2; HttpOnly"]
      for (const cookie of cookies) headers.append("set-cookie", cookie)
      const server = await world.serve(answering("ok", { headers }))
      assert.deepEqual(headersOf((await server.send()).rawHeaders, "set-cookie"), cookies)
    }
  },
  {
    id: "redirect-unchanged",
    sentence: "A redirect goes to the payer's browser with its Location as it is.",
    reason: "The address carries signed parameters: followed or tidied up, the payer lands on an error page.",
    check: async (world) => {
      const location = "https://bank.example/pay?sig=a%2Fb%3d&x=1#top"
      const server = await world.serve(answering(null, { status: 303, headers: { location } }))
      const answer = await server.send()
      assert.deepEqual([answer.status, answer.headers.location, answer.text], [303, location, ""])
    }
  },
  {
    id: "payers-pages",
    sentence: "The pages for payers keep every header that core gave them.",
    reason: "Content-Security-Policy, Cache-Control and Referrer-Policy keep the payer's token from strangers.",
    check: async (world) => {
      const server = await world.serveDesk()
      const path = `/payments/next/${"f".repeat(32)}`
      const direct = await server.desk.payments.handler(new Request(`https://agency.example${path}`))
      const answer = await server.send({ path })
      // A page has a nonce of its own.
      const nonce = /nonce-[\w-]+/g
      assert.equal(answer.status, direct.status)
      assert.ok(direct.headers.has("content-security-policy"))
      for (const [name, value] of direct.headers) {
        assert.deepEqual(
          headersOf(answer.rawHeaders, name).map((one) => one.replace(nonce, "nonce")),
          [value.replace(nonce, "nonce")],
          name
        )
      }
      assert.match(answer.text, /^<!doctype html>/)
    }
  },
  {
    id: "binary-answer",
    sentence: "An answer's bytes arrive as they are, with the handler's content type.",
    reason: "Receipts are documents with a digest: one changed byte and the proof of payment is none.",
    check: async (world) => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256)
      const server = await world.serve(answering(bytes, { headers: { "content-type": "application/pdf" } }))
      const answer = await server.send()
      assert.equal(answer.headers["content-type"], "application/pdf")
      assert.ok(Buffer.from(bytes).equals(answer.body), "the bytes differ")
    }
  },
  {
    id: "streamed-answer",
    sentence: "The first piece of a streamed answer arrives before the last one exists.",
    reason: "An answer that is collected first keeps whole exports in memory, for each reader again.",
    check: async (world) => {
      const release = Promise.withResolvers<void>()
      const server = await world.serve(() => {
        const stream = new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(Buffer.from("first ")),
          pull: async (controller) => {
            await release.promise
            controller.enqueue(Buffer.from("last"))
            controller.close()
          }
        })
        return Promise.resolve(new Response(stream))
      })
      const exchange = server.open({})
      exchange.end()
      const pieces: Array<string> = []
      for await (const chunk of await exchange.head) {
        pieces.push(String(chunk))
        release.resolve()
      }
      assert.equal(pieces.join(""), "first last")
      assert.equal(pieces[0], "first ")
    }
  },
  {
    id: "readers-pace",
    sentence: "An answer is produced at the reader's pace and ends when the reader leaves.",
    reason: "A reader that stops would otherwise make the server hold the whole answer, or produce it for ever.",
    check: async (world) => {
      let produced = 0
      const canceled = Promise.withResolvers<void>()
      const server = await world.serve(() => {
        const stream = new ReadableStream<Uint8Array>({
          pull: (controller) => {
            // More than a sound binding ever asks for: the case must end although the binding is broken.
            if (produced++ < 300) controller.enqueue(piece(256 * 1024))
            else controller.close()
          },
          cancel: () => canceled.resolve()
        })
        return Promise.resolve(new Response(stream))
      })
      const exchange = server.open({})
      exchange.end()
      const incoming = await exchange.head
      incoming.pause()
      for (let last = -1; last !== produced;) {
        last = produced
        for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve))
      }
      assert.ok(produced < 100, `${produced} pieces were produced for a reader that reads nothing`)
      exchange.leave()
      await canceled.promise
    }
  },
  {
    id: "broken-off-answer",
    sentence: "An answer that breaks off never looks complete.",
    reason: "Half a receipt or half a list that seems whole is believed.",
    check: async (world) => {
      const server = await world.serve(() => {
        let count = 0
        const stream = new ReadableStream<Uint8Array>({
          pull: (controller) => {
            if (count++ === 0) controller.enqueue(Buffer.from("half"))
            else controller.error(new Error("the store went away"))
          }
        })
        return Promise.resolve(new Response(stream))
      })
      const outcome = await server.send().then(
        (answer) => (answer.status >= 500 ? "an error" : answer.text),
        () => "cut"
      )
      assert.notEqual(outcome, "half")
    }
  }
])
