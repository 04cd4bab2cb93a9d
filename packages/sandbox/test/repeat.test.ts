import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { sign } from "../src/ecommpay-lv/Signature.ts"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, ok, outcome, payer } from "./support/control.ts"
import { inEnvelope, post, save, saveBody } from "./support/soap.ts"

const clock = "2026-12-01T12:00:00Z"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 5, clock, frozen: true })
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const sale = async (paymentId: string): Promise<unknown> => {
  const [project] = sandbox.ready.ecommpay.projects
  const body = {
    general: { project_id: 200, payment_id: paymentId },
    payment: { amount: 1200, currency: "EUR" },
    customer: { id: "c", ip_address: "192.0.2.7" }
  }
  const general = { ...body.general, signature: sign(body, project?.secret ?? "") }
  const response = await fetch(`${sandbox.ready.ecommpay.gate}/v2/payment/banks/latvia/sale`, {
    method: "POST",
    body: JSON.stringify({ ...body, general })
  })
  return response.json()
}

/** Something of everything that draws identifiers or looks at the clock. */
const story = async (): Promise<string> => {
  const { id } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/notice?id=" })
  await payer(sandbox, id, { action: "choose_bank" })
  await payer(sandbox, id, { action: "confirm" })
  await ok(sandbox, "PATCH", "/ecommpay/projects/200", { callbackUrl: "http://127.0.0.1:9/callback" })
  const answer = await sale("a-1")
  await ok(sandbox, "POST", "/clock/advance", { duration: "PT30S" })
  await ok(sandbox, "POST", "/faults", { operation: "sale", kind: "close" })
  const lists = await Promise.all(
    ["/payments", "/webhooks", "/faults", "/calls", "/clock"].map((path) => ok(sandbox, "GET", path))
  )
  // Sessions of TLS are the machine's, and connections are numbered by process.
  return JSON.stringify([id, answer, lists]).replaceAll(/"tls\w+":"?\w+"?/g, "")
}

describe("a frozen clock", () => {
  it("stands until it is advanced, and then moves by exactly that", async () => {
    const before = sandbox.clock.now()
    assert.equal(before, Date.parse(clock))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(sandbox.clock.now(), before)
    await ok(sandbox, "POST", "/clock/advance", { duration: "P1DT0.25S" })
    assert.equal(sandbox.clock.now(), before + 86_400_250)
    assert.deepEqual(await ok(sandbox, "GET", "/clock"), { now: "2026-12-02T12:00:00.250Z", frozen: true })
  })

  it("lets what is due wait for advance, and runs it at its own time", async () => {
    const soon = new Date(sandbox.clock.now() + 60_000).toISOString()
    const dates = `<d:ExpiryDate>${soon}</d:ExpiryDate><d:ExpiryDateSpecified>true</d:ExpiryDateSpecified>`
    const { id } = await save(sandbox, { dates })
    await ok(sandbox, "POST", "/clock/advance", { duration: "PT2M" })
    const history = at(sandbox.payment(id), "history")
    assert.deepEqual(at(history, 1), { at: soon, what: "expired" })
  })
})

describe("a reset", () => {
  it("brings back everything, so that the same calls give the same bytes", async () => {
    const first = await story()
    await ok(sandbox, "POST", "/reset")
    assert.equal(await story(), first)
  })

  it("forgets retries of notifications whose ids come again", async () => {
    await ok(sandbox, "PATCH", "/viss-mm/settings", { notificationRetries: 3 })
    const first = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/first?id=" })
    await outcome(sandbox, first.id, { status: "E" })
    await ok(sandbox, "POST", "/reset")
    const again = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/again?id=" })
    await outcome(sandbox, again.id, { status: "E" })
    await ok(sandbox, "POST", "/clock/advance", { duration: "PT1H" })
    assert.deepEqual(
      sandbox.notifications().map(({ attempts, request: { url } }) => [url, attempts.length]),
      [[`http://127.0.0.1:9/again?id=${again.id}`, 1]]
    )
  })
})

describe("the digest of a call", () => {
  it("is the same for the same bytes only", async () => {
    const envelope = inEnvelope(saveBody())
    await post(sandbox, envelope)
    await post(sandbox, envelope)
    await post(sandbox, `${envelope} `)
    const digests = sandbox.calls().map(({ digest }) => digest)
    assert.match(digests[0] ?? "", /^[0-9a-f]{64}$/)
    assert.equal(digests[1], digests[0])
    assert.notEqual(digests[2], digests[0])
  })

  it("is there for what merchants' servers send, not for pages of payers", async () => {
    await sale("a-2")
    await fetch(sandbox.ready.ecommpay.paymentPage)
    assert.deepEqual(
      sandbox.calls().map(({ digest, operation }) => [operation, digest === undefined]),
      [
        ["sale", false],
        ["payment_page", true]
      ]
    )
  })
})
