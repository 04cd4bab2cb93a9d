import { inspect } from "node:util"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it, vi } from "vitest"
import type { NotificationRecord } from "@maksa/sandbox"
import { ecommpayOrder, mmOrder, type Stack, startStack } from "./stack.ts"

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack[Symbol.asyncDispose]())

/** Follows our own pages with a browser's patience and without its rendering: answers where the payer ends. */
const open = async (url: string): Promise<{ readonly location: string | null; readonly html: string }> => {
  const response = await fetch(url, { redirect: "manual" })
  return { location: response.headers.get("location"), html: await response.text() }
}

describe("VISS MM, end to end", () => {
  it("collects a fee: request, payment, notification, status, receipt that proves the sum, and fulfilment once", async () => {
    const payment = await stack.payments.create(mmOrder())
    assert.strictEqual(payment.status, "requires_action")
    const { location } = await open(payment.current.actionUrl ?? "")
    assert.include(location, "/MM/WebUI2/Payments/?id=")
    const id = payment.current.providerReference ?? ""
    await stack.control(`/viss-mm/requests/${id}/outcome`, { status: "E" })
    await stack.advance("PT1M")
    const paid = await stack.payments.get(payment.id)
    assert.deepStrictEqual([paid.status, paid.state.finality, [...paid.state.attention]], ["paid", "soft", []])
    assert.strictEqual(paid.state.money.received?.minorUnits, 1212n)
    const channels = (await stack.payments.history(payment.id)).map((one) => one.channel)
    assert.includeMembers(channels, ["reply", "webhook", "query", "receipt"])
    const receipt = await stack.payments.receipt(payment.id, { format: "pdf" })
    assert.deepStrictEqual([receipt.origin, receipt.mediaType], ["provider", "application/pdf"])
    assert.strictEqual(Buffer.from((await receipt.bytes()).subarray(0, 5)).toString(), "%PDF-")
    assert.strictEqual(stack.events.filter((e) => e.type === "payment.fulfil" && e.paymentId === payment.id).length, 1)
    const truth = await stack.control(`/payments/${id}`)
    assert.include(JSON.stringify(truth), '"receivedMinor":"1212"')
  })

  it("learns the sum of a tariff line from the receipt alone", async () => {
    const payment = await stack.payments.create(mmOrder({ lines: [{ position: "53", quantity: "2" }] }))
    assert.isUndefined(payment.amount)
    await stack.control(`/viss-mm/requests/${payment.current.providerReference}/outcome`, { status: "E" })
    await stack.advance("PT1M")
    const paid = await stack.payments.get(payment.id)
    assert.strictEqual(paid.status, "paid")
    assert.deepStrictEqual([...paid.state.attention], [])
    assert.isAbove(Number(paid.state.money.received?.minorUnits), 0)
  })

  it("tells a refusal from an expiry, and takes late money", async () => {
    const deadline = new Date(stack.sandbox.clock.now() + 86_400_000)
    const refused = await stack.payments.create(mmOrder())
    await stack.control(`/viss-mm/requests/${refused.current.providerReference}/outcome`, { status: "R" })
    const left = await stack.payments.create(mmOrder({ deadline }))
    await stack.advance("PT1M")
    assert.strictEqual((await stack.payments.get(refused.id)).status, "declined")
    assert.strictEqual((await stack.payments.get(left.id)).status, "requires_action")
    await stack.advance("P2D")
    assert.strictEqual((await stack.payments.get(left.id)).status, "expired")
    await stack.control(`/viss-mm/requests/${left.current.providerReference}/outcome`, { status: "E", force: true })
    await stack.advance("PT12H")
    const late = await stack.payments.get(left.id)
    assert.deepStrictEqual([late.status, [...late.state.attention]], ["paid", ["late_money"]])
  })

  it("finds a request whose reply was lost by the token in its notification, and never sends it twice", async () => {
    await stack.control("/faults", { operation: "SavePaymentRequest", kind: "close", phase: "after", times: 1 })
    const error = await stack.payments.create(mmOrder()).then(
      () => assert.fail("it answered"),
      (cause: unknown) => cause as { readonly reason: { readonly _tag: string }; readonly paymentId: string }
    )
    assert.strictEqual(error.reason._tag, "OutcomeUnknown")
    const listed = (await stack.control("/payments")) as { readonly payments: ReadonlyArray<Record<string, unknown>> }
    const orphan = listed.payments.find((one) => one["provider"] === "vissMm" && one["status"] === "P")
    await stack.control(`/viss-mm/requests/${String(orphan?.["paymentId"])}/outcome`, { status: "E" })
    await stack.advance("PT1M")
    await stack.advance("PT1M")
    const found = await stack.payments.get(error.paymentId)
    assert.deepStrictEqual([found.status, found.current.providerReference], ["paid", orphan?.["paymentId"]])
  })

  it("answers a notice of an unknown token or id like any other, asks nobody about it and keeps the id it has", async () => {
    const payment = await stack.payments.create(mmOrder())
    const id = payment.current.providerReference ?? ""
    await stack.control(`/viss-mm/requests/${id}/outcome`, { status: "E" })
    const { webhooks } = (await stack.control("/webhooks")) as unknown as {
      readonly webhooks: ReadonlyArray<NotificationRecord>
    } // the sandbox's contract
    const genuine = new URL(webhooks.find((one) => one.paymentId === id)?.request.url ?? "")
    const strangers = ["05ae69d8-2be1-4a63-ae93-9d0e42e254f1", "7d1f8a52-0c34-4b1e-9a57-3e6f2b9c8d10"]
    const [inQuery = "", withToken = ""] = strangers
    const urls = [
      genuine.href,
      genuine.href.replace(id, withToken),
      genuine.href.replace(id, inQuery).replace(/\/viss-mm\/[0-9a-f]+/, `/viss-mm/${"f".repeat(32)}`)
    ]
    assert.strictEqual(new Set(urls).size, 3)
    const answers = new Set<string>()
    for (const url of urls) {
      const response = await fetch(url, { method: "POST" })
      answers.add(JSON.stringify([response.status, await response.text()]))
    }
    assert.deepStrictEqual([...answers], ['[200,""]'])
    await stack.advance("PT1M")
    const { current, status } = await stack.payments.get(payment.id)
    assert.deepStrictEqual([current.providerReference, status], [id, "paid"])
    // Every question that reached MM was about a payment that it knows.
    const isQuestion = (call: { readonly operation: string }): boolean =>
      call.operation === "CheckPaymentRequestStatusWpt"
    const { payments } = (await stack.control("/payments")) as unknown as {
      readonly payments: ReadonlyArray<{ readonly calls: ReadonlyArray<{ readonly operation: string }> }>
    } // the sandbox's contract
    const aboutKnown = payments.flatMap(({ calls }) => calls).filter(isQuestion)
    assert.isNotEmpty(aboutKnown)
    assert.lengthOf(stack.sandbox.calls().filter(isQuestion), aboutKnown.length)
  })
})

describe("ecommpay, end to end", () => {
  const pay = async (id: string, result: "confirm" | "refuse") => {
    await stack.control(`/ecommpay/payments/${id}/payer`, { action: "choose_bank", bankId: 2001 })
    await stack.control(`/ecommpay/payments/${id}/payer`, { action: result })
  }

  it("collects a fee on the Payment Page, with a generated confirmation", async () => {
    const payment = await stack.payments.create(ecommpayOrder())
    const { location } = await open(payment.current.actionUrl ?? "")
    const { id } = payment.current
    await stack.control(`/ecommpay/payments/${id}/payer`, { action: "open", url: location })
    await pay(id, "confirm")
    await stack.advance("PT1M")
    const paid = await stack.payments.get(payment.id)
    assert.deepStrictEqual([paid.status, paid.state.finality], ["paid", "soft"])
    for (const format of ["pdf", "xml"] as const) {
      const receipt = await stack.payments.receipt(payment.id, { format, language: "en" })
      assert.deepStrictEqual([receipt.origin, receipt.mediaType], ["generated", `application/${format}`])
    }
    await stack.advance("P8D")
    assert.strictEqual((await stack.payments.get(payment.id)).state.finality, "hard")
  })

  it("posts a form when the payer's name is given, so that no personal data is in a URL", async () => {
    const payment = await stack.payments.create(ecommpayOrder({ payer: { firstName: "Anna", lastName: "Ozola" } }))
    assert.strictEqual(payment.current.nextAction?._tag, "submit_form")
    const { html, location } = await open(payment.current.actionUrl ?? "")
    assert.isNull(location)
    assert.include(html, 'value="Ozola"')
  })

  it("waits at Gate until the redirect comes, by message or, when that was lost, by asking", async () => {
    for (const isLost of [false, true]) {
      if (isLost) await stack.control("/faults", { operation: "callback", kind: "drop", phase: "before", times: 1 })
      const payment = await stack.payments.create(
        ecommpayOrder({ payer: { ipAddress: "203.0.113.7" }, options: { flow: "gate", bank: "seb" } })
      )
      await stack.advance("PT20S")
      await stack.advance("PT1M")
      const { nextAction } = (await stack.payments.get(payment.id)).current
      assert.include(["redirect", "submit_form"], nextAction?._tag, isLost ? "lost" : "sent")
    }
  })

  it("believes a late success after a decline", async () => {
    const payment = await stack.payments.create(ecommpayOrder())
    const { location } = await open(payment.current.actionUrl ?? "")
    const { id } = payment.current
    await stack.control(`/ecommpay/payments/${id}/payer`, { action: "open", url: location })
    await pay(id, "refuse")
    await stack.advance("PT1M")
    const declined = await stack.payments.get(payment.id)
    assert.deepStrictEqual([declined.status, declined.state.finality], ["declined", "soft"])
    await stack.control(`/ecommpay/payments/${id}/outcome`, { status: "success", force: true })
    await stack.advance("PT5M")
    assert.strictEqual((await stack.payments.get(payment.id)).status, "paid")
  })

  it("offers a new attempt after a refusal at the other provider, and the first stays watched", async () => {
    const payment = await stack.payments.create(
      mmOrder({ lines: [{ amount: { minorUnits: 1212n, currency: "EUR" }, position: "54" }] })
    )
    await stack.control(`/viss-mm/requests/${payment.current.providerReference}/outcome`, { status: "R" })
    await stack.advance("PT1M")
    const again = await stack.payments.attempt({
      paymentId: payment.id,
      idempotencyKey: "again-1",
      provider: "ecommpay-lv",
      returnUrl: "https://agency.example/orders/17",
      options: {}
    })
    assert.deepStrictEqual([again.provider, again.attempts.length, again.status], ["ecommpay-lv", 2, "requires_action"])
  })
})

describe("secrecy", () => {
  it("keeps personal data and secrets out of logs, errors, URLs, events, rows and the store's files", async () => {
    const canaries = {
      firstName: "Kanarijs",
      lastName: "Putniņš-Canary",
      code: "310190-19999",
      email: "canary.payer@agency.example",
      phone: "29999111",
      address: "Canary iela 7"
    }
    const logged: Array<string> = []
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...args: ReadonlyArray<unknown>) => {
        logged.push(args.map((arg) => inspect(arg, { depth: 10 })).join(" "))
      })
    )
    const seen: Array<string> = []
    try {
      const payments = [
        await stack.payments.create(mmOrder({ payer: canaries })),
        await stack.payments.create(ecommpayOrder({ payer: { ...canaries, ipAddress: "203.0.113.77" } }))
      ]
      await stack.control("/faults", { operation: "SavePaymentRequest", kind: "html", phase: "before", times: 1 })
      await stack.payments.create(mmOrder({ payer: canaries })).catch((cause: unknown) => {
        seen.push(String(cause), JSON.stringify(cause), inspect(cause, { depth: 10 }))
      })
      await stack.payments
        .create(mmOrder({ payer: canaries, options: { serviceStep: "NONE" } }))
        .catch((cause: unknown) => {
          seen.push(String(cause), JSON.stringify(cause), inspect(cause, { depth: 10 }))
        })
      assert.isAtLeast(seen.length, 6)
      await stack.advance("PT1M")
      for (const payment of payments) {
        seen.push(payment.current.actionUrl ?? "", JSON.stringify(await stack.payments.history(payment.id)))
      }
      seen.push(JSON.stringify(stack.events), JSON.stringify(await stack.control("/calls")))
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
    const files = readdirSync(stack.directory).map((name) => join(stack.directory, name))
    for (const file of files.filter((name) => statSync(name).isFile())) seen.push(readFileSync(file).toString("latin1"))
    const latin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1")
    const everything = [...seen, ...logged].join("\n")
    const secrets = [
      stack.sandbox.ready.ecommpay.projects[0]?.secret ?? "",
      stack.sandbox.ready.pki.clients.a.passphrase
    ]
    for (const value of [...Object.values(canaries), ...secrets]) {
      assert.isAbove(value.length, 3)
      assert.isFalse(everything.includes(value) || everything.includes(latin1(value)), `found: ${value.slice(0, 4)}...`)
    }
  })
})
