// Payments of an earlier run, whose simulated providers are gone.
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { type RunningSample, startSample } from "../src/startSample.ts"
import { temporaryFolder } from "./support/temporarySample.ts"
import { createVisitor, goodFields, orderAs, type Visitor } from "./support/visitor.ts"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let sample: RunningSample
let paid: { readonly mm: string; readonly ecommpay: string }
let open: string
let cookies: Map<string, string>

const start = (): Promise<RunningSample> =>
  startSample({ host: "127.0.0.1", port: 0, isPortFixed: true, dataFolder: folder.path })

const control = async (path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${sample.providers.sandbox.ready.control}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body)
  })
  assert.isTrue(response.ok, `${path}: ${response.status}`)
  return response.json()
}

/** What the provider calls the payment of that simulator. */
const paymentIdAt = (provider: "vissMm" | "ecommpay"): string => {
  for (const payment of sample.providers.sandbox.payments()) {
    if ("provider" in payment && payment.provider === provider && "paymentId" in payment)
      return String(payment.paymentId)
  }
  throw new Error(`There is no payment at ${provider}.`)
}

const waitForStatus = async (payer: Visitor, reference: string, status: string): Promise<string> => {
  const patience = performance.now() + 20_000
  for (;;) {
    const page = await (await payer.get(`/en/orders/${reference}`)).text()
    if (page.includes(`data-status="${status}"`)) return page
    assert.isBelow(performance.now(), patience, `never ${status}`)
    await payer.post(`/en/orders/${reference}/check`, {})
  }
}

beforeAll(async () => {
  folder = await temporaryFolder()
  sample = await start()
  const payer = createVisitor(sample.address)
  const mm = await orderAs(payer)
  const id = paymentIdAt("vissMm")
  for (const action of ["open", "choose_bank", "confirm"]) await control(`/viss-mm/requests/${id}/payer`, { action })
  await waitForStatus(payer, mm.reference, "paid")

  const link = await orderAs(payer, { ...goodFields, way: "bank-link", bank: "swedbank" })
  const paymentId = paymentIdAt("ecommpay")
  for (const action of ["open", "confirm"]) await control(`/ecommpay/payments/${paymentId}/payer`, { action })
  await waitForStatus(payer, link.reference, "paid")

  open = (await orderAs(payer)).reference
  paid = { mm: mm.reference, ecommpay: link.reference }
  cookies = new Map(payer.cookies)
  await sample.close()
  sample = await start()
})
afterAll(async () => {
  await sample.close()
  await folder.remove()
})

const returning = (): Visitor => {
  const visitor = createVisitor(sample.address)
  for (const [name, value] of cookies) visitor.cookies.set(name, value)
  return visitor
}

describe("after a restart", () => {
  it("a paid payment is still paid, its office still told, and listed for its payer", async () => {
    const payer = returning()
    for (const reference of [paid.mm, paid.ecommpay]) {
      const page = await (await payer.get(`/en/orders/${reference}`)).text()
      assert.include(page, 'data-status="paid"')
      assert.include(page, "was told on")
    }
    const home = await (await payer.get("/en")).text()
    assert.include(home, paid.mm)
    assert.include(home, paid.ecommpay)
  })

  it("a confirmation is made again from what is stored", async () => {
    const receipt = await returning().get(`/lv/orders/${paid.ecommpay}/receipt.pdf`)
    assert.equal(receipt.status, 200)
    assert.equal(receipt.headers.get("content-type"), "application/pdf")
    assert.equal(
      Buffer.from(await receipt.arrayBuffer())
        .subarray(0, 5)
        .toString("latin1"),
      "%PDF-"
    )
  })

  it("the document that only the provider had is said to be gone, and why", async () => {
    const receipt = await returning().get(`/en/orders/${paid.mm}/receipt.pdf`)
    assert.equal(receipt.status, 409)
    assert.include(await receipt.text(), "was restarted since")
  })

  it("an open payment stays open, because nobody can say what became of it, and can be tried anew", async () => {
    const payer = returning()
    assert.include(await (await payer.get(`/en/orders/${open}`)).text(), "no longer know it")
    await payer.post("/en/clerk/clock", { by: "P7D" })
    assert.include(await (await payer.get(`/en/orders/${open}`)).text(), 'data-status="requires_action"')
    const form = await (await payer.get(`/en/orders/${open}/pay`)).text()
    const ticket = /name="ticket" value="([^"]+)"/.exec(form)?.[1] ?? ""
    const again = await payer.post(`/en/orders/${open}/pay`, { ...goodFields, ticket })
    assert.match(again.headers.get("location") ?? "", /\/maksa\/next\//)
    assert.include(await (await payer.get(`/en/orders/${open}`)).text(), 'data-action="continue"')
  })
})
