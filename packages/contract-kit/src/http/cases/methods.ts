import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import { untilClosed } from "../client.ts"
import { signatureOf } from "../Desk.ts"
import { answering, echo, echoed } from "../handlers.ts"

export const methods = casesOf("methods", [
  {
    id: "methods-reach",
    sentence: "GET, HEAD, POST, PUT, PATCH, OPTIONS and DELETE reach the handler under their own names.",
    reason: "What a method means is the handler's decision; a binding that answers OPTIONS itself opens a door unseen.",
    check: async (world) => {
      const seen: Array<string> = []
      const server = await world.serve((request) => {
        seen.push(request.method)
        return echo(request)
      })
      const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE"]
      for (const method of methods) {
        const answer = await server.send({ method })
        assert.equal(answer.status, 200, method)
        if (method !== "HEAD") assert.equal(echoed(answer).method, method)
      }
      assert.deepEqual(seen, methods)
    }
  },
  {
    id: "methods-answered",
    sentence: "A webhook is taken by GET, HEAD and POST; other methods get the handler's 405 with its Allow.",
    reason: "Providers notify by all three, and probe with others; a wrong answer makes them give up.",
    check: async (world) => {
      const server = await world.serveDesk()
      for (const method of ["GET", "HEAD"]) assert.equal((await server.send({ method })).status, 202, method)
      assert.equal((await server.send({ method: "POST", body: "", headers: [signatureOf("")] })).status, 202)
      assert.deepEqual(
        server.desk.inbound.map(({ method }) => method),
        ["GET", "HEAD", "POST"]
      )
      for (const method of ["PUT", "OPTIONS", "DELETE", "PATCH"]) {
        const answer = await server.send({ method, body: "x" })
        assert.deepEqual([answer.status, answer.headers.allow], [405, "GET, HEAD, POST"], method)
      }
      assert.equal(server.desk.inbound.length, 3)
    }
  },
  {
    id: "head-without-body",
    sentence: "HEAD is answered with the handler's status and headers and not one byte of a body.",
    reason: "A body after HEAD is read as the next answer on the connection: every later answer is then another's.",
    check: async (world) => {
      const server = await world.serve(
        answering("12345", { status: 201, headers: { "content-length": "5", "x-a": "1" } })
      )
      const socket = await server.dial()
      socket.write("HEAD /payments/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      const [head = "", ...rest] = (await untilClosed(socket)).split("\r\n\r\n")
      assert.match(head, /^HTTP\/1\.1 201 /)
      assert.match(head, /^x-a: 1$/im)
      assert.match(head, /^content-length: 5$/im)
      assert.deepEqual(rest, [""])
    }
  },
  {
    id: "foreign-methods",
    sentence: "TRACE, which no handler can be given, is refused without an error and without an echo.",
    reason: "TRACE gives headers back, cookies and tokens among them; and a scanner must not fill the error log.",
    check: async (world) => {
      const server = await world.serve(echo)
      const answer = await server.send({ method: "TRACE", headers: [["x-token", "mark-of-a-token"]] })
      assert.ok(answer.status >= 400 && answer.status < 500, `TRACE is answered ${answer.status}`)
      assert.ok(!answer.text.includes("mark-of-a-token"), "TRACE gives headers back")
      assert.deepEqual(server.errors, [])
    }
  }
])
