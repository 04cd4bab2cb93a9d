import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import { strangersHost } from "../client.ts"
import { signatureOf } from "../Desk.ts"
import { echo, echoed, sha256 } from "../handlers.ts"

/** Path and query of an URL, without its origin: each binding has its own. */
const targetOf = (url: string): string => url.slice(new URL(url).origin.length)

export const requests = casesOf("requests", [
  {
    id: "headers-arrive",
    sentence: "Every header arrives, its name in any case findable in lower case, its value as sent.",
    reason: "Signatures and key ids travel in headers; provider documents and proxies spell their names in every way.",
    check: async (world) => {
      const server = await world.serveDesk()
      const [, signature] = signatureOf("{}")
      const sent = [
        ["X-SIGNATURE", signature],
        ["x-Mixed-Case", 'a;b="c, d"; e'],
        ["x-latin", "\u00e9\u00ff"],
        ["Authorization", "Bearer abc=="],
        ["Cookie", "a=1; b=2"],
        ["x-empty", ""]
      ] as const
      assert.equal((await server.send({ body: "{}", headers: sent })).status, 202)
      const { headers } = server.desk.inbound[0] ?? assert.fail("the notice did not arrive")
      for (const [name, value] of sent) assert.equal(headers[name.toLowerCase()], value, name)
    }
  },
  {
    id: "repeated-headers",
    sentence: "A repeated header arrives as one, its values joined by a comma in the order sent.",
    reason: "Signature rotation sends two signatures; keeping one of them refuses half of the true notices.",
    check: async (world) => {
      const server = await world.serve(echo)
      const answer = await server.send({
        headers: [
          ["X-Twice", "one"],
          ["x-between", "1"],
          ["x-twice", "two"]
        ]
      })
      assert.equal(echoed(answer).headers["x-twice"], "one, two")
    }
  },
  {
    id: "query-as-sent",
    sentence: "The query arrives byte for byte: percent encodings, `;`, empty parameters, repeated keys.",
    reason: "Some providers sign the query; a normalised one no longer fits its signature.",
    check: async (world) => {
      const server = await world.serve(echo)
      const queries = [
        "?a=1&a=2&b",
        "?a=1%23&b=2",
        "?b=%c4%81&c=%C4%81&d=+%20",
        "?a;b=1;c",
        "?&&=&a==&",
        "?u=http://evil.example/?x=1",
        "?a[]=1&a[b]=%5B"
      ]
      for (const query of queries) {
        const { url } = echoed(await server.send({ path: `/payments/webhooks/x${query}` }))
        assert.equal(targetOf(url), `/payments/webhooks/x${query}`)
      }
    }
  },
  {
    id: "path-as-sent",
    sentence: "The path arrives whole, the mount path included, with its encodings and a trailing slash.",
    reason: "Tokens and instances are in the path, and a notice whose path was tidied up finds no payment.",
    check: async (world) => {
      const server = await world.serve(echo)
      const paths = [
        "/payments",
        "/payments/",
        "/payments/webhooks/x/",
        "/payments//webhooks/x",
        "/payments/a%2Fb/%C4%81"
      ]
      for (const path of paths) assert.equal(targetOf(echoed(await server.send({ path })).url), path)
    }
  },
  {
    id: "strangers-host",
    sentence: "Neither the Host header nor a host in the request target becomes part of the URL.",
    reason: "The host is the client's claim: links built from it send payers and their tokens to a stranger.",
    check: async (world) => {
      const server = await world.serve(echo)
      const withHeaders = await server.send({ headers: [["x-forwarded-host", strangersHost]] })
      assert.notEqual(new URL(echoed(withHeaders).url).hostname, strangersHost)
      for (const target of [`http://${strangersHost}/payments/x`, "/payments/x"]) {
        const heard = await server.sendRaw(
          `GET ${target} HTTP/1.1\r\nHost: ${strangersHost}\r\nConnection: close\r\n\r\n`
        )
        const [, url] = /"url":"([^"]*)"/.exec(heard) ?? []
        if (url === undefined) assert.match(heard, /^HTTP\/1\.1 4\d\d /)
        else assert.notEqual(new URL(url).hostname, strangersHost)
      }
    }
  },
  {
    id: "parallel-requests",
    sentence: "Requests at the same time do not mix: each handler call has its own body, each client its own answer.",
    reason: "Mixed bodies credit one citizen's money to another; mixed answers show one payer's page to another.",
    check: async (world) => {
      const server = await world.serve(echo)
      const bodies = Array.from({ length: 60 }, (_, index) => Buffer.alloc(20_000 + index, `${index};`))
      const exchanges = bodies.map((body) => {
        const exchange = server.open({ method: "POST", headers: [["content-length", String(body.length)]] })
        return { body, exchange, halfway: exchange.write(body.subarray(0, 9000)) }
      })
      await Promise.all(exchanges.map(({ halfway }) => halfway))
      // Whole requests in between: by then the server has read the first halves.
      for (let turn = 0; turn < 3; turn++) await server.send({ path: "/none" })
      for (const { body, exchange } of exchanges) {
        await exchange.write(body.subarray(9000))
        exchange.end()
      }
      const digests = await Promise.all(exchanges.map(async ({ exchange }) => echoed(await exchange.answer).digest))
      assert.deepEqual(digests, bodies.map(sha256))
    }
  },
  {
    id: "kept-connection",
    sentence: "Requests one after the other on one connection are answered in order, also where a body was not read.",
    reason: "Providers keep connections; what is left of one body must not become the next notice.",
    check: async (world) => {
      const server = await world.serve((request) =>
        request.method === "GET" ? echo(request) : Promise.resolve(new Response("unread"))
      )
      const post =
        "POST /payments/x HTTP/1.1\r\nHost: a\r\nContent-Length: 45\r\n\r\nGET /payments/smuggled HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
      const last = "GET /payments/last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      const heard = await server.sendRaw(post + post + last)
      assert.equal(heard.match(/^HTTP\/1\.1 200/gm)?.length, 3)
      assert.match(heard, /\/payments\/last"/)
      assert.doesNotMatch(heard, /smuggled/)
    }
  },
  {
    id: "malformed-requests",
    sentence: "Requests that are no HTTP are refused, reach no handler, and the server goes on.",
    reason: "Anybody can send rubbish; ambiguous lengths let one request hide in another.",
    check: async (world) => {
      let calls = 0
      const server = await world.serve(async (request) => {
        await request.arrayBuffer()
        calls++
        return new Response("ok")
      })
      const line = "POST /payments/x HTTP/1.1\r\nHost: a\r\n"
      const wrong = [
        "rubbish\r\n\r\n",
        `${line}no colon\r\n\r\n`,
        `${line}Content-Length: -1\r\n\r\n`,
        `${line}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
        `${line}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
        `${line}Transfer-Encoding: chunked\r\n\r\nno number\r\n`
      ]
      for (const bytes of wrong) assert.doesNotMatch(await server.sendRaw(bytes), /^HTTP\/1\.1 2/, bytes)
      assert.equal(calls, 0)
      assert.equal((await server.send()).status, 200)
    }
  }
])
