import { once } from "node:events"
import { createServer } from "node:http"
import { connect, createServer as createTcpServer } from "node:net"

import { Inbound, Manifest, named } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { manifest, vissMm } from "../../src/index.ts"
import { at, attempt, created, createInput, type Mm, type MmAdapter, opened, run, startMm } from "../support/mm.ts"

let mm: Mm
let adapter: MmAdapter
beforeAll(async () => {
  mm = await startMm()
  adapter = await mm.adapter()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const outcome = (id: string, status: string): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status })

describe("a notification", () => {
  const inbound = (method: "GET" | "HEAD" | "POST", url: string): Inbound =>
    new Inbound({ method, url, headers: {}, body: new Uint8Array(), receivedAt: DateTime.makeUnsafe(0) })

  it.each(["GET", "HEAD", "POST"] as const)(
    "by %s is acknowledged with 200, or with 503 if it was not stored",
    async (method) => {
      const verdict = await run(adapter.webhook(inbound(method, "/webhooks/viss-mm/zime?id=")))
      assert.deepStrictEqual(verdict.acknowledge, { status: 200 })
      assert.deepStrictEqual(verdict.tryAgain, { status: 503 })
      assert.deepStrictEqual(verdict.observations, [{ says: { _tag: "working", actionStands: true }, trust: "hint" }])
      const other = await run(adapter.webhook(inbound("GET", "/webhooks/viss-mm/zime?id=")))
      assert.deepStrictEqual(verdict.content, other.content)
    }
  )

  it.each(["GET", "POST", "HEAD"] as const)("that MM sends by %s tells the id", async (notificationMethod) => {
    await mm.control("PATCH", "/viss-mm/settings", { notificationMethod })
    const server = createServer((request, response) => {
      server.emit("notified", { method: request.method, url: request.url })
      response.end()
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    try {
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : assert.fail("no port")
      const webhook = `http://127.0.0.1:${port}/webhooks/viss-mm/zime`
      const notified = once(server, "notified")
      const { id } = await created(adapter, { urls: { ...createInput().urls, webhook } })
      await outcome(id, "E")
      const [{ method, url }] = (await notified) as [{ method: "GET" | "HEAD" | "POST"; url: string }]
      assert.strictEqual(method, notificationMethod)
      const verdict = await run(adapter.webhook(inbound(method, url)))
      assert.strictEqual(verdict.observations[0]?.providerReference, id)
      assert.strictEqual(verdict.observations[0]?.trust, "hint")
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})

describe("the provider as a value", () => {
  it("opens and reads nothing until it is made", () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an untyped caller may pass
    const provider = vissMm({ environment: "test" } as unknown as Parameters<typeof vissMm>[0])
    assert.strictEqual(provider.instance, "viss-mm")
    assert.strictEqual(provider.environment, "test")
    assert.strictEqual(named("mm-jelgava", provider).instance, "mm-jelgava")
  })

  it("keeps outcomes soft for the configured banking days, weekends and holidays included", async () => {
    const soft = async (bankingDays: number): Promise<number> =>
      vissMm(await mm.config({ finality: { bankingDays } })).manifest.softSeconds.paid / 86_400
    assert.strictEqual(manifest.softSeconds.paid / 86_400, 7)
    assert.deepStrictEqual(await Promise.all([0, 1, 3, 5, 6].map(soft)), [2, 5, 7, 9, 12])
  })

  it("declares itself as core's schema wants it", () => {
    assert.deepEqual(Schema.decodeUnknownSync(Manifest, { onExcessProperty: "error" })(manifest), manifest)
  })

  it("has the declared extra and no other", () => {
    const extras = Object.keys(manifest.extras).filter((name) => name in adapter)
    assert.deepStrictEqual(extras, ["check"])
  })

  it("keeps its connections: twenty calls need no more than two", async () => {
    const service = new URL(mm.sandbox.ready.vissMm.wsdl)
    const port = Number(service.port)
    let connections = 0
    const proxy = createTcpServer((socket) => {
      connections++
      const onward = connect(port, service.hostname)
      socket.pipe(onward).pipe(socket)
      for (const end of [socket, onward]) end.on("error", () => end.destroy())
    })
    const scope = Effect.runSync(Scope.make())
    proxy.listen(0, "127.0.0.1")
    await once(proxy, "listening")
    try {
      service.port = String(at(proxy.address(), "port"))
      const endpoints = { paymentRequestService: service, invoices: mm.sandbox.ready.vissMm.invoices }
      const own = await opened(vissMm(await mm.config({ endpoints })), scope)
      const { id } = await created(own)
      for (let call = 1; call < 20; call++) await run(own.status(attempt({ providerReference: id })))
      assert.lengthOf(mm.sandbox.calls(), 20)
      // undici opens a second one when a call follows before the first connection is idle again.
      assert.isAtMost(connections, 2)
    } finally {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      proxy.close()
    }
  })
})

describe("the check", () => {
  it("tells of configuration, certificate, WSDL and both addresses", async () => {
    const results = await run(adapter.check())
    assert.deepStrictEqual(
      results.map(({ isOk, name }) => [name, isOk]),
      [
        ["configuration", true],
        ["certificate", true],
        ["wsdl", true],
        ["paymentRequestService", true],
        ["invoices", true]
      ]
    )
    const expiresAt = results[1]?.expiresAt ?? 0
    assert.isAbove(expiresAt, Date.now() + 800 * 86_400_000)
    assert.isTrue(mm.sandbox.calls().every(({ method }) => method === "GET"))
  })

  it("tells which address does not answer, and does not fail", async () => {
    const broken = await mm.adapter({
      credentials: await mm.pem("unknownCa"),
      endpoints: { paymentRequestService: mm.sandbox.ready.vissMm.wsdl, invoices: "https://127.0.0.1:9/Invoices" }
    })
    const results = await run(broken.check())
    assert.deepStrictEqual(
      results.filter(({ isOk }) => !isOk).map(({ name }) => name),
      ["paymentRequestService", "invoices"]
    )
    assert.match(results[3]?.message ?? "", /HTTP 403/)
    assert.match(results[4]?.message ?? "", /ECONNREFUSED/)
  })

  it("takes a service without a published WSDL for reachable", async () => {
    mm.fault({ operation: "wsdl", kind: "html", times: 1 })
    const service = (await run(adapter.check())).find(({ name }) => name === "paymentRequestService")
    assert.isTrue(service?.isOk)
    assert.match(service?.message ?? "", /publishes no WSDL/)
  })
})
