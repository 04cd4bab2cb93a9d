import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import type { BindingWorld, Server } from "../BindingWorld.ts"
import { acknowledgement, signatureOf } from "../Desk.ts"

const limit = 64 * 1024
const mebibyte = 2 ** 20
const piece = Buffer.alloc(64 * 1024, "x")

const sizeOf = async (world: BindingWorld, size: number, isChunked: boolean) => {
  const server = await world.serveDesk({ maxBodyBytes: limit })
  const body = Buffer.alloc(size, "0123456789")
  const answer = await server.send({ body, headers: [signatureOf(body)], isChunked })
  return { status: answer.status, connection: answer.headers.connection, stored: await server.desk.stored() }
}

/** Sends pieces until the server refuses or `most` bytes went out; answers what left and by how much memory grew. */
const flood = async (server: Server, most: number, tolerated: number) => {
  const before = process.memoryUsage.rss()
  const exchange = server.open({ method: "POST", headers: [["transfer-encoding", "chunked"]] })
  const seen = { answered: false }
  const answer = exchange.answer.finally(() => (seen.answered = true))
  answer.catch(() => {})
  let written = 0
  let grown = 0
  while (written < most && !seen.answered && grown <= tolerated) {
    await Promise.race([exchange.write(piece), answer.catch(() => {})])
    written += piece.length
    grown = Math.max(grown, process.memoryUsage.rss() - before)
  }
  assert.ok(grown <= tolerated, `memory grew by ${Math.round(grown / mebibyte)} MiB for a limit of ${limit} bytes`)
  exchange.end()
  return { status: (await answer).status, written, closed: exchange.closed }
}

export const sizes = casesOf("sizes", [
  {
    id: "at-the-limit",
    sentence: "A body of exactly the limit is taken, with a Content-Length and in chunks.",
    reason: "A limit that is off by one refuses what the documentation promises to take.",
    check: async (world) => {
      for (const isChunked of [false, true]) {
        const { status, stored } = await sizeOf(world, limit, isChunked)
        assert.deepEqual([status, stored], [acknowledgement.status, 1])
      }
    }
  },
  {
    id: "over-the-limit",
    sentence: "One byte more is answered 413 and the connection is closed, with a Content-Length and in chunks.",
    reason: "Whoever goes on sending keeps a connection and memory busy that true notices need.",
    check: async (world) => {
      for (const isChunked of [false, true]) {
        const { status, connection, stored } = await sizeOf(world, limit + 1, isChunked)
        assert.deepEqual([status, connection, stored], [413, "close", 0])
      }
    }
  },
  {
    id: "declared-too-large",
    sentence: "A Content-Length over the limit is refused before any of the body is sent.",
    reason: "An honest sender of a mistake is told at once; a dishonest one cannot make the server wait.",
    check: async (world) => {
      const server = await world.serveDesk({ maxBodyBytes: limit })
      const exchange = server.open({ method: "POST", headers: [["content-length", String(2 ** 30)]] })
      assert.equal((await exchange.answer).status, 413)
      await exchange.closed
    }
  },
  {
    id: "endless-body",
    sentence: "An endless body is cut soon after the limit, and memory does not grow with it.",
    reason: "One sender with a gigabyte must not end the program that others' payments depend on.",
    check: async (world) => {
      const server = await world.serveDesk({ maxBodyBytes: limit })
      const { status, written, closed } = await flood(server, 512 * mebibyte, 96 * mebibyte)
      assert.equal(status, 413)
      assert.ok(written < 64 * mebibyte, `the server went on reading: ${written} bytes`)
      await closed
    }
  },
  {
    id: "handlers-pace",
    sentence: "A body is taken from the network no faster than the handler reads it.",
    reason: "Where the binding reads ahead, a hundred slow handlers hold a hundred whole bodies in memory.",
    check: async (world) => {
      const release = Promise.withResolvers<void>()
      const server = await world.serve(async (request) => {
        await request.body?.getReader().read()
        await release.promise
        return new Response("ok")
      })
      const exchange = server.open({ method: "POST", headers: [["transfer-encoding", "chunked"]] })
      let taken = 0
      const writing = (async () => {
        for (let count = 0; count < 1024; count++) {
          await exchange.write(piece)
          taken += piece.length
        }
      })()
      await atRest(() => taken)
      const atOnce = taken
      release.resolve()
      await exchange.head
      exchange.leave()
      await writing
      assert.ok(atOnce < 32 * mebibyte, `${atOnce} bytes were taken although the handler read one piece`)
    }
  }
])

/** Resolves when the number has stopped growing over many turns of the event loop. */
const atRest = async (value: () => number): Promise<void> => {
  for (let last = -1; last !== value();) {
    last = value()
    for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}
