import { Collect, type Observed, Redirect, SubmitForm, Wait } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, notice, received } from "./fakeProvider.ts"
import { harness, minutes, order } from "./harness.ts"

type Harness = Awaited<ReturnType<typeof harness>>
const asks = (next: Redirect | SubmitForm | Collect | Wait): Observed => ({
  says: { _tag: "action_needed", action: next },
  trust: "proven"
})
const pathOf = (url: string | undefined): string => new URL(url ?? "").pathname.replace("/maksa", "")
const returnPath = (h: Harness): string =>
  pathOf((h.script.calls[0]?.input as { readonly urls: { readonly return: string } } | undefined)?.urls.return)

describe("the payer's pages", () => {
  it("redirect to the provider, once the payer opens the action", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action("https://pay.example/x?id=1")])
    const payment = await h.payments.create(order())
    const response = await h.send(pathOf(payment.current.actionUrl))
    assert.deepStrictEqual([response.status, response.headers.get("location")], [303, "https://pay.example/x?id=1"])
    assert.strictEqual(response.headers.get("referrer-policy"), "no-referrer")
  })

  it("post a form with personal data from the payer's browser, escaped, never in a URL", async () => {
    await using h = await harness()
    const fields = { name: `O"zo<la>&'`, amount: "1200" }
    h.script.create = () => Effect.succeed([asks(new SubmitForm({ url: "https://pay.example/form", fields }))])
    const payment = await h.payments.create(order())
    const response = await h.send(pathOf(payment.current.actionUrl))
    const html = await response.text()
    assert.include(html, `value="O&quot;zo&lt;la&gt;&amp;&#39;"`)
    assert.include(html, `<form id="f" method="post" action="https://pay.example/form"`)
    const policy = response.headers.get("content-security-policy") ?? ""
    assert.match(policy, /default-src 'none'.*script-src 'nonce-.*frame-ancestors 'none'/)
    assert.strictEqual(response.headers.get("cache-control"), "no-store")
    assert.notInclude(JSON.stringify(await h.payments.history(payment.id)), "zo<la>")
  })

  it("wait while the provider prepares, ask it, and go on when the next step arrives", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([asks(new Wait({}))])
    const payment = await h.payments.create(order({ language: "en" }))
    const path = pathOf(payment.current.actionUrl)
    h.clock.value += minutes(1)
    h.script.status = () => Effect.succeed([action("https://bank.example/2")])
    const waiting = await h.send(path)
    assert.include(await waiting.text(), "We are preparing the payment")
    for (let i = 0; i < 200 && (await h.payments.get(payment.id)).current.nextAction?._tag !== "redirect"; i++) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.strictEqual((await h.send(path)).headers.get("location"), "https://bank.example/2")
    assert.strictEqual(h.script.calls.filter((call) => call.verb === "status").length, 1)
  })

  it("lead back to the agency when there is nothing more to do", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    const response = await h.send(pathOf(payment.current.actionUrl))
    assert.strictEqual(response.headers.get("location"), "https://agency.example/orders/1")
  })

  it("ask on return and send the payer to the agency's page, whatever the outcome", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(1)
    h.script.status = () => Effect.succeed([received()])
    const response = await h.send(`${returnPath(h)}?status=success&id=1`)
    assert.deepStrictEqual(
      [response.status, response.headers.get("location")],
      [303, "https://agency.example/orders/1"]
    )
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("believe nothing that the payer's browser says", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(1)
    await h.send(`${returnPath(h)}?status=success&payment_status=paid`)
    assert.strictEqual((await h.payments.get(payment.id)).status, "requires_action")
  })

  it("tell a visitor without a valid token only that the payment is being checked, and ask nobody", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    h.clock.value += minutes(1)
    const texts = new Set<string>()
    const nonce = /nonce="?[^" ]+"?/g
    for (const path of ["/return/fake/x", `/return/fake/${"0".repeat(32)}`, `/next/${"f".repeat(32)}`, "/next/..%2f"]) {
      const response = await h.send(path)
      assert.strictEqual(response.status, 200, path)
      texts.add((await response.text()).replace(nonce, ""))
    }
    assert.strictEqual(texts.size, 1)
    assert.strictEqual(h.script.calls.filter((call) => call.verb === "status").length, 0)
  })

  it("use different tokens for the payer and for the provider's server, and none where messages are signed", async () => {
    await using signed = await harness()
    await signed.payments.create(order())
    const plain = signed.script.calls[0]?.input as { readonly urls: { readonly webhook: string } } | undefined
    assert.strictEqual(plain?.urls.webhook, "https://agency.example/maksa/webhooks/fake")
    await using h = await harness({ provider: (scripted) => fake(scripted, { webhook: "hint_only" }) })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    const sent = h.script.calls[0]?.input as
      | { readonly urls: { readonly return: string; readonly webhook: string } }
      | undefined
    const payerToken = sent?.urls.return.split("/").at(-1)
    assert.match(payerToken ?? "", /^[0-9a-f]{32}$/)
    assert.notStrictEqual(payerToken, sent?.urls.webhook.split("/").at(-1))
    h.clock.value += minutes(1)
    await h.send(
      `/webhooks/fake/${payerToken}`,
      notice({ says: { _tag: "working" }, trust: "hint", reference: "GUID-9" })
    )
    const [payment] = await h.payments.list()
    assert.isUndefined(payment?.current.providerReference)
  })

  it("show fields and consent text as text", async () => {
    await using h = await harness()
    const consentText = 'Es piekrītu; <b>maksāt</b>\n "12,00" EUR'
    const fields = [{ name: "iban", label: "IBAN", isRequired: true }]
    h.script.create = () => Effect.succeed([asks(new Collect({ fields, consentText }))])
    const payment = await h.payments.create(order())
    const html = await (await h.send(pathOf(payment.current.actionUrl))).text()
    assert.include(html, "Es piekrītu; &lt;b&gt;maksāt&lt;/b&gt;\n &quot;12,00&quot; EUR")
    assert.strictEqual(
      payment.current.nextAction?._tag === "collect" ? payment.current.nextAction.consentText : "",
      consentText
    )
  })
})

describe("the presentation of the payer's pages", () => {
  const presentation = {
    agency: { lv: 'Rīgas <b>"A&B"</b>', en: "Riga <b>A&B</b>" },
    returnLink: "https://agency.example/?a=1&b=2"
  }

  it("names the agency in the page's language, what is paid and the way back, escaped", async () => {
    await using h = await harness({ presentation })
    h.script.create = () => Effect.succeed([asks(new Wait({}))])
    const returnUrl = 'https://agency.example/orders/1?a=1&b="x"'
    const payment = await h.payments.create(
      order({
        language: "en",
        merchantReference: "CASE <1>",
        amount: { minorUnits: 7114n, currency: "EUR" },
        returnUrl
      })
    )
    const html = await (await h.send(pathOf(payment.current.actionUrl))).text()
    assert.include(html, '<p class="agency">Riga &lt;b&gt;A&amp;B&lt;/b&gt;</p>')
    assert.include(html, "<title>We are preparing the payment · Riga &lt;b&gt;A&amp;B&lt;/b&gt;</title>")
    assert.include(html, "CASE &lt;1&gt; · €71.14")
    assert.match(html, /href="https:\/\/agency\.example\/orders\/1\?a=1&amp;b=[^"<>]*">Back to the agency&#39;s page</)
    assert.notInclude(html, "<b>")
  })

  it("falls back to the Latvian name, and shows it on the page that forwards too", async () => {
    await using h = await harness({ presentation })
    const form = new SubmitForm({ url: "https://pay.example/form", fields: { a: "1" } })
    h.script.create = () => Effect.succeed([asks(form)])
    const payment = await h.payments.create(order({ language: "ru" }))
    const html = await (await h.send(pathOf(payment.current.actionUrl))).text()
    assert.include(html, "Rīgas &lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;")
    assert.match(html, /CASE-1 · 12,00\s€/)
  })

  it("leads a visitor without a valid token to the agency, and tells nothing about any payment", async () => {
    await using h = await harness({ presentation })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    const html = await (await h.send(`/next/${"f".repeat(32)}`)).text()
    assert.include(html, 'href="https://agency.example/?a=1&amp;b=2"')
    assert.notMatch(html, /CASE-1|12,00/)
  })

  it("is refused with an empty name or with a link that is no web address", async () => {
    const wrong = [
      { agency: { lv: " " } },
      { agency: { lv: "A", en: "" } },
      { agency: { lv: "A" }, returnLink: "javascript:alert(1)" },
      { agency: { lv: "A" }, returnLink: "/orders" }
    ]
    const fields = await Promise.all(
      wrong.map((one) =>
        harness({ presentation: one }).then(
          () => "accepted",
          (cause: unknown) => (cause as { readonly reason: { readonly field: string } }).reason.field // a PaymentError
        )
      )
    )
    assert.deepStrictEqual(fields, [
      "presentation.agency.lv",
      "presentation.agency.en",
      "presentation.returnLink",
      "presentation.returnLink"
    ])
  })
})

describe("routes", () => {
  it("answer what is not theirs with a mark for the binding", async () => {
    await using h = await harness()
    for (const path of ["/", "/other", "/payments", "/payments/pay_x", "/webhooks", "/return/fake"]) {
      const response = await h.send(path)
      assert.deepStrictEqual([response.status, response.headers.get("x-maksa")], [404, "unhandled"], path)
    }
    const outside = await h.payments.handler(new Request("https://agency.example/maksamine"))
    assert.strictEqual(outside.headers.get("x-maksa"), "unhandled")
  })

  it("refuse compressed webhooks", async () => {
    await using h = await harness()
    const response = await h.send("/webhooks/fake", {
      method: "POST",
      body: "x",
      headers: { "content-encoding": "gzip" }
    })
    assert.strictEqual(response.status, 415)
  })

  it("have payment endpoints only behind the application's authorisation", async () => {
    const asked: Array<string> = []
    let isAllowed = false
    await using h = await harness({
      authorize: (_request, access) => {
        asked.push(`${access.action} ${access.paymentId ?? ""}`.trim())
        return isAllowed
      }
    })
    h.script.create = () => Effect.succeed([action()])
    const body = JSON.stringify({ ...order(), amount: { minorUnits: "1200", currency: "EUR" } })
    assert.strictEqual((await h.send("/payments", { method: "POST", body })).status, 403)
    assert.strictEqual((await h.payments.list()).length, 0)
    isAllowed = true
    const created = await h.send("/payments", { method: "POST", body })
    assert.strictEqual(created.status, 201)
    const payment = (await created.json()) as { readonly id: string; readonly amount: unknown }
    assert.deepStrictEqual(payment.amount, { minorUnits: "1200", currency: "EUR" })
    assert.strictEqual((await h.send(`/payments/${payment.id}`)).status, 200)
    assert.strictEqual((await h.send(`/payments/${payment.id}/history`)).status, 200)
    const receipt = await h.send(`/payments/${payment.id}/receipt?format=pdf`)
    assert.strictEqual(receipt.status, 500)
    assert.strictEqual(((await receipt.json()) as { readonly reason: string }).reason, "NotConfigured")
    assert.strictEqual((await h.send("/payments/pay_unknown")).status, 404)
    assert.strictEqual((await h.send("/payments", { method: "POST", body: "{" })).status, 400)
    isAllowed = false
    assert.strictEqual((await h.send(`/payments/${payment.id}/receipt`)).status, 403)
    assert.deepStrictEqual(asked.slice(0, 2), ["create", "create"])
    assert.strictEqual(asked.at(-1), `receipt ${payment.id}`)
  })
})
