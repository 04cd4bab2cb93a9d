import { once } from "node:events"
import { createServer } from "node:http"
import { connect, createServer as createTcpServer } from "node:net"

import { AmountLine, Inbound, Manifest, money, named } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { manifest, vissMm } from "../src/index.ts"
import {
  at,
  attempt,
  created,
  createInput,
  errorOf,
  type Mm,
  type MmAdapter,
  opened,
  run,
  startMm,
  tariff
} from "./support/mm.ts"

let mm: Mm
let adapter: MmAdapter
beforeAll(async () => {
  mm = await startMm()
  adapter = await mm.adapter()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const outcome = (id: string, status: string, force = false): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status, force })
const act = (id: string, action: string): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/payer`, { action, bank: "HABALV22" })
const says = async (id: string, change = {}): Promise<unknown> =>
  (await run(adapter.status(attempt({ providerReference: id, ...change })))).map((observed) => observed.says)
const truth = (id: string): object => mm.sandbox.payment(id) ?? assert.fail("no such request")

describe("a payment at MM", () => {
  it("is created, paid at a bank, and proved by its documents", async () => {
    const { id, url } = await created(adapter)
    assert.strictEqual(url, `${mm.sandbox.ready.vissMm.ui}?id=${id}&language=LAT`)
    assert.deepStrictEqual(await says(id), [{ _tag: "working", actionStands: true }])

    await act(id, "open")
    await act(id, "choose_bank")
    await act(id, "confirm")
    assert.deepStrictEqual(await says(id), [{ _tag: "received" }])

    const pdf = await run(adapter.receipt(attempt({ providerReference: id }), "pdf"))
    if (pdf._tag !== "document") assert.fail("no document")
    assert.strictEqual(pdf.mediaType, "application/pdf")
    assert.strictEqual(Buffer.from(pdf.bytes.subarray(0, 5)).toString(), "%PDF-")
    assert.deepStrictEqual(pdf.observations, [])

    const xml = await run(adapter.receipt(attempt({ providerReference: id.toUpperCase() }), "xml"))
    if (xml._tag !== "document") assert.fail("no document")
    assert.strictEqual(xml.mediaType, "application/xml")
    assert.include(Buffer.from(xml.bytes).toString(), "Liepiņa-KANARIJS")
    const [proof, ...others] = xml.observations
    assert.lengthOf(others, 0)
    assert.deepEqual(at(proof, "says"), { _tag: "received", amount: money(1212n, "EUR") })
    assert.strictEqual(proof?.trust, "proven")
  })

  it("carries everything that was given to MM", async () => {
    const parent = await created(adapter)
    const { id, url } = await created(adapter, {
      language: "en",
      deadline: Date.UTC(2031, 6, 1, 9, 0, 0, 700),
      lines: [new AmountLine({ amount: money(1210n, "EUR"), position: "54" })],
      options: {
        serviceStep: "02Y70",
        allowedBanks: ["HABALV22", "UNLALV2X"],
        bankSwiftCode: "UNLALV2X",
        noInvoice: true,
        parentPaymentRequestId: parent.id,
        invoiceIssueDate: "2026-07-01",
        presentation: { fontSize: 150, contrast: "yellow-on-black" }
      }
    })
    assert.isTrue(url.endsWith("&bm=yellow-on-black&fs=font-size-150&language=ENG"))
    const known = truth(id)
    assert.strictEqual(at(known, "amountMinor"), "1210")
    assert.strictEqual(at(known, "paymentObject"), "Nodeva LIETA-1")
    assert.deepStrictEqual(at(known, "allowedBanks"), ["HABALV22", "UNLALV2X"])
    assert.strictEqual(at(known, "swiftCode"), "UNLALV2X")
    assert.strictEqual(at(known, "noInvoice"), true)
    assert.strictEqual(at(known, "parentId"), parent.id)
    assert.strictEqual(at(known, "expiresAt"), "2031-07-01T09:00:00.000Z")
    assert.strictEqual(at(known, "responseUrl"), `${createInput().urls.return}?id=`)
    assert.strictEqual(at(known, "returnUrl"), `${createInput().urls.return}?id=${id}`)
    assert.strictEqual(at(known, "serverResponseUrl"), `${createInput().urls.webhook}?id=`)
    assert.strictEqual(at(known, "clientCertificate"), "Maksa client a")
    const fields = Object.values(at(known, "payer") as object)
    assert.lengthOf(fields, 6)
    assert.isTrue(fields.every((field) => typeof field === "string"))
  })

  it("by tariff has no sum until its document tells it", async () => {
    const { id } = await created(adapter, { lines: [tariff("53", "4.56")] })
    assert.strictEqual(at(truth(id), "rows", 0, "item"), "4.56")
    await outcome(id, "E")
    assert.deepStrictEqual(await says(id), [{ _tag: "received" }])
    const xml = await run(adapter.receipt(attempt({ providerReference: id }), "xml"))
    if (xml._tag !== "document") assert.fail("no document")
    // 4.56 x 7.11 = 32.4216
    assert.deepEqual(at(xml.observations, 0, "says", "amount"), money(3242n, "EUR"))
  })

  it("ends with its day where MM takes no time of day", async () => {
    const byDate = await mm.adapter({ dateOnlyExpiry: true })
    const { id } = await created(byDate, { deadline: Date.UTC(2031, 6, 1, 9) })
    assert.strictEqual(at(truth(id), "expiresAt"), "2031-07-01T20:59:59.000Z")
  })

  it("that the payer refuses at the bank is refused, and is lapsed only after its deadline", async () => {
    const { id } = await created(adapter)
    await act(id, "choose_bank")
    await act(id, "refuse")
    assert.deepStrictEqual(await says(id), [{ _tag: "refused" }])
    assert.deepStrictEqual(await says(id, { now: Date.now() + 25 * 3_600_000 }), [{ _tag: "lapsed" }])
  })

  it("that the payer walks away from stays open until its deadline, and then lapses", async () => {
    const deadline = Date.now() + 3_600_000
    const { id } = await created(adapter, { deadline })
    await act(id, "choose_bank")
    await act(id, "leave")
    assert.deepStrictEqual(await says(id, { deadline }), [{ _tag: "working", actionStands: true }])
    await mm.control("POST", "/clock/advance", { duration: "PT59M" })
    const now = (): number => mm.sandbox.clock.now()
    assert.deepStrictEqual(await says(id, { deadline, now: now() }), [{ _tag: "working", actionStands: true }])
    await mm.control("POST", "/clock/advance", { duration: "PT2M" })
    assert.deepStrictEqual(await says(id, { deadline, now: now() }), [{ _tag: "lapsed" }])
  })

  it("with another word is told as that word", async () => {
    const { id } = await created(adapter)
    await outcome(id, "O")
    assert.deepStrictEqual(await says(id), [{ _tag: "unknown_word", word: "O" }])
    mm.fault({ operation: "CheckPaymentRequestStatus", kind: "unknown_status", times: 1 })
    assert.deepStrictEqual(await says(id), [{ _tag: "unknown_word", word: "X" }])
  })

  it("whose money is taken back is told as it then is", async () => {
    const { id } = await created(adapter)
    await outcome(id, "E")
    await outcome(id, "R", true)
    assert.deepStrictEqual(await says(id), [{ _tag: "refused" }])
  })

  it("whose id was lost is not asked about: there is nothing to ask by", async () => {
    const calls = mm.sandbox.calls().length
    assert.deepStrictEqual(await run(adapter.status(attempt())), [])
    const error = await errorOf(adapter.receipt(attempt(), "pdf"))
    assert.strictEqual(error.reason._tag, "NotReady")
    assert.lengthOf(mm.sandbox.calls(), calls)
  })
})

describe("a refusal", () => {
  it.each([
    ["SIM-101", { options: { serviceStep: "ZZZZZ" } }],
    ["SIM-102", { lines: [tariff("99", "1")] }],
    ["SIM-106", { deadline: Date.now() - 3_600_000 }],
    ["SIM-107", { options: { serviceStep: "02Y70", bankSwiftCode: "NOBANK00" } }],
    ["SIM-108", { options: { serviceStep: "02Y70", parentPaymentRequestId: "05ae69d8-2be1-4a63-ae93-9d0e42e254f1" } }]
  ])("by MM's rule is Refused with its code %s and leaves nothing behind", async (providerCode, change) => {
    const error = await errorOf(adapter.create(createInput(change)))
    assert.deepInclude(error.reason, { _tag: "Refused", providerCode })
    assert.lengthOf(mm.sandbox.payments(), 0)
  })

  it("of an input happens before anything is sent", async () => {
    const calls = mm.sandbox.calls().length
    const noPosition = createInput({ lines: [new AmountLine({ amount: money(1n, "EUR") })] })
    const badText = createInput({ purpose: "ar\u0000nulli" })
    assert.deepInclude((await errorOf(adapter.create(noPosition))).reason, {
      _tag: "InvalidRequest",
      field: "lines[0].position"
    })
    assert.deepInclude((await errorOf(adapter.create(badText))).reason, {
      _tag: "InvalidRequest",
      field: "SavePaymentRequest.paymentRequest.PaymentRequest.PaymentObject"
    })
    assert.lengthOf(mm.sandbox.calls(), calls)
  })

  it.each(["05ae69d8-2be1-4a63-ae93-9d0e42e254f1"])(
    "to tell about an unknown id is NotFound",
    async (providerReference) => {
      const error = await errorOf(adapter.status(attempt({ providerReference })))
      assert.strictEqual(error.reason._tag, "NotFound")
    }
  )

  it("to tell about another certificate's request is NotFound, and its document is not ready", async () => {
    const { id } = await created(await mm.adapter({ credentials: await mm.pem("b") }))
    await outcome(id, "E")
    const reasons = await Promise.all([
      errorOf(adapter.status(attempt({ providerReference: id }))),
      errorOf(adapter.receipt(attempt({ providerReference: id }), "xml"))
    ])
    assert.deepStrictEqual(
      reasons.map(({ reason }) => reason._tag),
      ["NotFound", "NotReady"]
    )
  })
})

describe("a document", () => {
  it("is not ready before the payment, nor ever where none was wanted", async () => {
    const unpaid = await created(adapter)
    const unwanted = await created(adapter, { options: { serviceStep: "02Y70", noInvoice: true } })
    await outcome(unwanted.id, "E")
    for (const { id } of [unpaid, unwanted]) {
      for (const format of ["pdf", "xml"] as const) {
        const error = await errorOf(adapter.receipt(attempt({ providerReference: id }), format))
        assert.strictEqual(error.reason._tag, "NotReady")
        assert.isTrue(error.isRetryable)
      }
    }
  })

  it("with another sum or currency says so", async () => {
    const { id } = await created(adapter)
    await outcome(id, "E")
    const amount = async (): Promise<unknown> =>
      at(await run(adapter.receipt(attempt({ providerReference: id }), "xml")), "observations", 0, "says", "amount")
    mm.fault({ operation: "Invoices/Xml", kind: "wrong_amount", times: 1 })
    assert.deepEqual(await amount(), money(1213n, "EUR"))
    mm.fault({ operation: "Invoices/Xml", kind: "wrong_currency", times: 1 })
    assert.deepEqual(await amount(), money(1212n, "USD"))
  })
})

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
