import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { startTemporarySample, type TemporarySample } from "./support/temporarySample.ts"
import { createVisitor, goodFields, orderAs, ticketIn } from "./support/visitor.ts"

let sample: TemporarySample

beforeAll(async () => {
  sample = await startTemporarySample()
})
afterAll(async () => {
  await sample.close()
})

const visitor = () => createVisitor(sample.address)
const paymentsListed = async (): Promise<number> =>
  (await (await visitor().get("/en/clerk/payments.csv")).text()).trim().split("\r\n").length - 1

describe("an order form", () => {
  it("submitted twice at the same time makes one payment, and both answers lead to the same place", async () => {
    const payer = visitor()
    const before = await paymentsListed()
    const ticket = ticketIn(await (await payer.get("/en/services/building-permit")).text())
    const answers = await Promise.all(
      [1, 2].map(() => payer.post("/en/services/building-permit", { ...goodFields, ticket }))
    )
    const places = answers.map((answer) => answer.headers.get("location"))
    assert.match(places[0] ?? "", /\/maksa\/next\/[0-9a-f]{32}$/)
    assert.equal(places[0], places[1])
    assert.equal((await paymentsListed()) - before, 1)
  })

  it("submitted again later leads to the same payment", async () => {
    const payer = visitor()
    const { response, ticket } = await orderAs(payer)
    const again = await payer.post("/en/services/building-permit", { ...goodFields, ticket })
    assert.equal(again.headers.get("location"), response.headers.get("location"))
  })

  it("submitted again with other answers says so and makes nothing", async () => {
    const payer = visitor()
    const { reference, ticket } = await orderAs(payer)
    const before = await paymentsListed()
    const again = await payer.post("/en/services/building-permit", { ...goodFields, variant: "public", ticket })
    assert.equal(again.status, 409)
    assert.include(await again.text(), `/en/orders/${reference}`)
    assert.equal(await paymentsListed(), before)
  })

  it("is refused with a ticket of somebody else, a changed one, or none", async () => {
    const payer = visitor()
    const ticket = ticketIn(await (await payer.get("/en/services/building-permit")).text())
    const other = visitor()
    await other.get("/en")
    const before = await paymentsListed()
    const tries = [
      await other.post("/en/services/building-permit", { ...goodFields, ticket }),
      await payer.post("/en/services/building-permit", { ...goodFields, ticket: ticket.replace("BA-", "SR-") }),
      await payer.post("/en/services/building-permit", goodFields),
      await visitor().post("/en/services/building-permit", { ...goodFields, ticket })
    ]
    assert.deepEqual(
      tries.map(({ status }) => status),
      [403, 403, 403, 403]
    )
    assert.equal(await paymentsListed(), before)
  })

  it("that another site posts is refused", async () => {
    const payer = visitor()
    const ticket = ticketIn(await (await payer.get("/en/services/building-permit")).text())
    const fields = { ...goodFields, ticket }
    const answer = await payer.post("/en/services/building-permit", fields, { "sec-fetch-site": "cross-site" })
    assert.equal(answer.status, 403)
    const clock = await payer.post("/en/clerk/clock", { by: "P7D" }, { "sec-fetch-site": "same-site" })
    assert.equal(clock.status, 403)
  })

  it("shows what is wrong beside each field, keeps what was typed, and never the personal code", async () => {
    const payer = visitor()
    const { response } = await orderAs(payer, {
      variant: "castle",
      firstName: `"><script>alert(1)</script>`,
      lastName: "Paraudziņa",
      email: "nobody",
      way: "viss-mm",
      code: "3201011234"
    })
    assert.equal(response.status, 422)
    const page = await response.text()
    for (const field of ["variant", "firstName", "email", "code"]) assert.include(page, `id="${field}-error"`, field)
    assert.notInclude(page, `id="lastName-error"`)
    assert.include(page, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
    assert.notInclude(page, "<script>alert")
    assert.notInclude(page, "3201011234")
  })

  it("does not offer ecommpay for a tariff, nor take it", async () => {
    const payer = visitor()
    const { response } = await orderAs(payer, { ...goodFields, quantity: "2", way: "payment-page" }, "archive-copies")
    assert.equal(response.status, 422)
    assert.notInclude(await response.text(), "payment-page")
  })
})

describe("a payment's page", () => {
  it("belongs to the browser that ordered it; for any other it does not exist", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    const path = `/en/orders/${reference}`
    assert.equal((await payer.get(path)).status, 200)
    const strangers = [visitor(), visitor()]
    await strangers[0]?.get("/en")
    for (const stranger of strangers) {
      for (const part of ["", "/state", "/pay", "/receipt.pdf", "/receipt.xml"]) {
        assert.equal((await stranger.get(path + part)).status, 404, part)
      }
      for (const part of ["/cancel", "/check", "/pay"]) {
        assert.equal((await stranger.post(path + part, {})).status, 404, part)
      }
      assert.notInclude(await (await stranger.get("/en")).text(), reference)
    }
  })

  it("is not opened by a forged cookie", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    const cookie = payer.cookies.get("payer") ?? ""
    const [id = ""] = cookie.split(".")
    for (const forged of [id, `${id}.`, `${id}.${"A".repeat(43)}`, `x${cookie}`]) {
      payer.cookies.set("payer", forged)
      assert.equal((await payer.get(`/en/orders/${reference}`)).status, 404)
    }
    payer.cookies.set("payer", cookie)
    assert.equal((await payer.get(`/en/orders/${reference}`)).status, 200)
  })

  it("has no receipt before it is paid", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    assert.equal((await payer.get(`/en/orders/${reference}/receipt.pdf`)).status, 409)
  })

  it("offers another try only after the payment has ended", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    assert.equal((await payer.get(`/en/orders/${reference}/pay`)).status, 303)
    await payer.post(`/en/orders/${reference}/cancel`, {})
    const page = await payer.get(`/en/orders/${reference}/pay`)
    assert.equal(page.status, 200)
    assert.include(await page.text(), 'value="Paraudziņa"')
  })
})

describe("every page", () => {
  it("allows nothing from elsewhere, no inline script, no frame, no cache, and tells no address onwards", async () => {
    const response = await visitor().get("/lv/services/dog-registration")
    const policy = response.headers.get("content-security-policy") ?? ""
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
      assert.include(policy, rule)
    }
    assert.notInclude(policy, "unsafe")
    assert.equal(response.headers.get("cache-control"), "no-store")
    assert.equal(response.headers.get("referrer-policy"), "no-referrer")
    assert.isNull(response.headers.get("x-powered-by"))
    assert.match(response.headers.getSetCookie()[0] ?? "", /HttpOnly/i)
    assert.match(response.headers.getSetCookie()[0] ?? "", /SameSite=Lax/i)
  })

  it("is found in the language of the browser, Latvian by default", async () => {
    const places = await Promise.all(
      ["lv", "en-GB,en", "de", ""].map(async (language) => {
        const response = await visitor().get("/", language === "" ? {} : { "accept-language": language })
        return response.headers.get("location")
      })
    )
    assert.deepEqual(places, ["/lv", "/en", "/lv", "/lv"])
  })

  it("that does not exist is a 404 in the language of its address", async () => {
    const response = await visitor().get("/en/nothing")
    assert.equal(response.status, 404)
    assert.include(await response.text(), "Page not found")
  })
})

describe("the clerk", () => {
  it("gets the list as CSV with sums as decimal text", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    const response = await payer.get("/lv/clerk/payments.csv")
    assert.match(response.headers.get("content-type") ?? "", /^text\/csv/)
    const bytes = new Uint8Array(await response.arrayBuffer())
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    const line = new TextDecoder()
      .decode(bytes)
      .split("\r\n")
      .find((one) => one.includes(reference))
    assert.match(line ?? "", /^pay_\w+,BA-\w{4}-\w{4},[^,]+,viss-mm,sandbox,requires_action,soft,,71\.14,,,,EUR,/)
  })

  it("finds every payment behind its row, without the payer's buttons", async () => {
    const payer = visitor()
    const { reference } = await orderAs(payer)
    const clerk = visitor()
    const path = `/en/clerk/payments/${reference}`
    assert.include(await (await clerk.get("/en/clerk")).text(), `href="${path}"`)
    const page = await (await clerk.get(path)).text()
    assert.include(page, "The payment was ordered")
    assert.match(page, /pay_[0-9a-z]{26}/)
    assert.notMatch(page, /data-action="(?:cancel|check|continue|again)"/)
    assert.equal((await clerk.get("/en/clerk/payments/XX-0000-0000")).status, 404)
  })

  it("cannot turn the clock by anything that is not offered", async () => {
    for (const by of ["-PT1H", "P900D", ""]) {
      assert.equal((await visitor().post("/en/clerk/clock", { by })).status, 400, by)
    }
  })
})

describe("the payment endpoints of Maksa", () => {
  it("do not exist, because nobody authorises them; its payer pages do", async () => {
    const response = await visitor().post("/maksa/payments", {})
    assert.equal(response.status, 404)
    const page = await visitor().get("/maksa/return/viss-mm/unknown")
    assert.equal(page.status, 200)
    const text = await page.text()
    assert.include(text, "Paraugu novada pašvaldība")
    assert.include(text, `href="${sample.address}"`)
  })
})
