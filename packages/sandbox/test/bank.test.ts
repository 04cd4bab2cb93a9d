import { afterEach, assert, beforeEach, describe, it } from "vitest"
import type { BankResult } from "../src/kernel/BankDesk.ts"
import { formatAmount } from "../src/bank/html.ts"
import { startSandbox } from "../src/index.ts"
import { at, call, objectOf, postForm, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

/** A visit whose results are written down. */
const visit = (language: "lv" | "en" = "en") => {
  const results: Array<BankResult> = []
  const url = sandbox.world.bank.open({
    simulator: "test",
    paymentId: "B-1",
    payee: `Pašvaldība <"Rīts">`,
    iban: "LV80BANK0000435195001",
    amountMinor: 123_456_789n,
    currency: "EUR",
    purpose: "Nodeva & nodoklis",
    language,
    onResult: (result) => {
      results.push(result)
      return Promise.resolve(`${sandbox.merchant.url}/${result}`)
    }
  })
  return { url, results }
}

describe("the bank's page", () => {
  it("shows sum, payee, account and purpose, escaped, with the three things a payer can press", async () => {
    const { url } = visit()
    const page = await call(url)
    assert.strictEqual(page.status, 200)
    assert.include(page.text, "1\u00a0234\u00a0567,89 EUR")
    assert.include(page.text, "Pašvaldība &lt;&quot;Rīts&quot;&gt;")
    assert.include(page.text, "Nodeva &amp; nodoklis")
    assert.include(page.text, "LV80BANK0000435195001")
    assert.deepStrictEqual(
      [...page.text.matchAll(/data-action="([^"]+)"/g)].map((found) => found[1]),
      ["pay", "refuse", "leave"]
    )
    assert.include((await call(visit("lv").url)).text, "Apstiprināt maksājumu")
  })

  it.each(["confirm", "refuse", "leave"] as const)(
    "tells the simulator about %s and sends the payer on",
    async (result) => {
      const { results, url } = visit()
      const answer = await postForm(url, { result })
      assert.strictEqual(answer.status, 303)
      assert.strictEqual(answer.location, `${sandbox.merchant.url}/${result}`)
      assert.deepStrictEqual(results, [result])
    }
  )

  it("takes only the first decision, however often and by whatever way it is pressed", async () => {
    const { results, url } = visit()
    const answers = await Promise.all([postForm(url, { result: "confirm" }), postForm(url, { result: "refuse" })])
    assert.strictEqual(answers[0]?.location, answers[1]?.location)
    assert.strictEqual(results.length, 1)
    const [first] = results
    assert.strictEqual(await sandbox.world.bank.decide(url, "refuse"), `${sandbox.merchant.url}/${first}`)
    assert.strictEqual(results.length, 1)
    const page = await call(url)
    assert.include(page.text, `href="${sandbox.merchant.url}/${first}"`)
    assert.notInclude(page.text, 'data-action="pay"')
  })

  it("decides without a browser too, and knows its own pages only", async () => {
    const { results, url } = visit()
    assert.strictEqual(await sandbox.world.bank.decide(url, "refuse"), `${sandbox.merchant.url}/refuse`)
    assert.deepStrictEqual(results, ["refuse"])
    for (const unknown of [`${url}x`, "http://127.0.0.1/bank/1"]) {
      const refused = await sandbox.world.bank.decide(unknown, "confirm").then(
        () => false,
        () => true
      )
      assert.isTrue(refused)
    }
    assert.strictEqual((await call(`${url}x`)).status, 404)
    assert.strictEqual((await postForm(`${url}x`, { result: "confirm" })).status, 404)
  })

  it("does nothing for a press that it does not know", async () => {
    const { results, url } = visit()
    assert.strictEqual((await postForm(url, { result: "steal" })).status, 400)
    assert.strictEqual((await postForm(url, {})).status, 400)
    assert.deepStrictEqual(results, [])
  })

  it("runs no script, loads nothing and cannot be framed", async () => {
    const response = await fetch(visit().url)
    const policy = response.headers.get("content-security-policy") ?? ""
    assert.include(policy, "default-src 'none'")
    assert.include(policy, "frame-ancestors 'none'")
    assert.strictEqual(response.headers.get("cache-control"), "no-store")
    assert.notInclude(await response.text(), "<script")
  })

  it("forgets its visits on a reset", async () => {
    const { url } = visit()
    await sandbox.control.post("/reset", {})
    assert.strictEqual((await call(url)).status, 404)
  })
})

describe("amounts", () => {
  it.each([
    [0n, "0,00 EUR"],
    [5n, "0,05 EUR"],
    [1200n, "12,00 EUR"],
    [100_000n, "1\u00a0000,00 EUR"],
    [-150n, "-1,50 EUR"]
  ])("of %s minor units read %s", (minor, text) => assert.strictEqual(formatAmount(minor, "EUR"), text))
})

describe("the whole sandbox", () => {
  it("names bank and ecommpay in its start line as the contract fixes them, and they answer there", async () => {
    await using whole = await startSandbox({ seed: 5 })
    const ready = objectOf(JSON.stringify(whole.ready))
    assert.match(textAt(ready, "bank"), /^http:\/\/127\.0\.0\.1:\d+\/bank\/$/)
    assert.match(textAt(ready, "ecommpay", "paymentPage"), /^http:\/\/127\.0\.0\.1:\d+\/payment$/)
    assert.match(textAt(ready, "ecommpay", "gate"), /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.strictEqual(textAt(ready, "ecommpay", "dataApi"), `${textAt(ready, "ecommpay", "gate")}/v1`)
    assert.deepStrictEqual(
      [0, 1].map((index) => at(ready, "ecommpay", "projects", index, "projectId")),
      [200, 201]
    )
    assert.strictEqual(textAt(ready, "ecommpay", "projects", 0, "dataToken").length, 30)
    const project = await call(`${textAt(ready, "control")}/ecommpay/projects/200`)
    assert.strictEqual(at(objectOf(project.text), "redirectVariant"), 2)
    assert.strictEqual((await call(textAt(ready, "ecommpay", "paymentPage"))).status, 400)
    const gate = await call(`${textAt(ready, "ecommpay", "gate")}/v2/payment/status`, { method: "POST", body: "{" })
    assert.strictEqual(gate.status, 422)
  })
})
