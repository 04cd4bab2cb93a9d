import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import { untilClosed } from "../client.ts"
import { signatureOf } from "../Desk.ts"
import { echo, echoed, sha256 } from "../handlers.ts"

const head = (length: number) =>
  `POST /payments/webhooks/x HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\nx-signature: ${signatureOf("")[1]}\r\n\r\n`

export const slowness = casesOf("slow clients", [
  {
    id: "trickling-body",
    sentence: "A body that comes byte by byte arrives whole, and others are served in between.",
    reason: "Some providers send through slow proxies; they must neither be refused nor hold up others.",
    check: async (world) => {
      const server = await world.serve(echo)
      const body = '{ "slow": "ā" }'
      const bytes = Buffer.from(body)
      const exchange = server.open({ method: "POST", headers: [["content-length", String(bytes.length)]] })
      for (const byte of bytes) {
        await exchange.write(Uint8Array.of(byte))
        assert.equal((await server.send()).status, 200)
      }
      exchange.end()
      assert.equal(echoed(await exchange.answer).digest, sha256(body))
    }
  },
  {
    id: "many-slow-clients",
    sentence: "Many clients that never finish their request do not keep anybody from being served.",
    reason: "Holding connections open is the cheapest attack; the payments of everybody else must go on.",
    check: async (world) => {
      const server = await world.serveDesk()
      const lines = ["POST /payments/webhooks/x HTTP/1.1\r\nHost: a\r\nx-slow: ", `${head(1000)}{`]
      for (let count = 0; count < 60; count++) (await server.dial()).write(lines[count % 2] ?? "")
      for (let count = 0; count < 20; count++) {
        const body = `{"notice":${count}}`
        assert.equal((await server.send({ body, headers: [signatureOf(body)] })).status, 202)
      }
      assert.equal(await server.desk.stored(), 20)
    }
  },
  {
    id: "request-timeout",
    sentence: "A request that does not arrive within the server's timeout ends with its connection, unacknowledged.",
    reason: "Connections that are never given back are used up one by one until no notice gets in.",
    exempt: ({ noRequestTimeout }) => noRequestTimeout,
    check: async (world) => {
      const server = await world.serveDesk({}, { requestTimeoutMillis: 300 })
      const slow = await Promise.all([server.dial(), server.dial()])
      slow[0].write("POST /payments/webhooks/x HTTP/1.1\r\nHost: a\r\nx-slow: ")
      slow[1].write(`${head(1000)}only this`)
      for (const heard of await Promise.all(slow.map(untilClosed))) assert.doesNotMatch(heard, /^HTTP\/1\.1 2/)
      assert.deepEqual([server.desk.inbound.length, await server.desk.stored()], [0, 0])
      assert.equal((await server.send({ body: "", headers: [signatureOf("")] })).status, 202)
    }
  }
])
