import { afterAll, assert, beforeAll, describe, it } from "vitest"
import {
  type ControlClient,
  controlClient,
  ControlRefusal,
  openSimulatorClient,
  type Sandbox,
  startSandbox
} from "../src/index.ts"
import { save } from "./support/soap.ts"

let sandbox: Sandbox
let client: ControlClient
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 5, clock: "2026-12-01T12:00:00Z", frozen: true })
  client = controlClient(sandbox.ready.control)
})
afterAll(() => sandbox.close())

describe("the client of the control API", () => {
  it("moves the clock by exactly what it was told, and reads it", async () => {
    const start = await client.now()
    assert.equal(await client.advance(61_005), start + 61_005)
    assert.equal(await client.now(), start + 61_005)
    assert.equal(await client.reset(), start)
  })

  it("plans faults, and clears one by its id", async () => {
    const id = await client.plan({ operation: "notification", kind: "hold" })
    const { id: notified } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/?id=" })
    await client.call("POST", `/viss-mm/requests/${notified}/outcome`, { status: "E" })
    const [kept] = await client.notifications()
    assert.deepEqual([kept?.state, kept?.request.url], ["held", `http://127.0.0.1:9/?id=${notified}`])
    await client.clearFault(id)
    assert.lengthOf(sandbox.faults.list(), 0)
    assert.deepEqual(
      (await client.calls()).map(({ operation }) => operation),
      ["SavePaymentRequest"]
    )
  })

  it("is not hung up on while it pauses", async () => {
    const { headers } = await fetch(`${sandbox.ready.control}/clock`)
    assert.equal(headers.get("connection"), "keep-alive")
    assert.isNull(headers.get("keep-alive"))
  })

  it("rejects with the API's words and status", async () => {
    const refusal = await client.call("GET", "/payments/none").catch((error: unknown) => error)
    if (!(refusal instanceof ControlRefusal)) return assert.fail("it should have been refused")
    assert.equal(refusal.status, 404)
    assert.include(refusal.message, "payment")
  })

  it("clears the faults of a list, also those that are used up", async () => {
    const once = await client.plan({ operation: "SavePaymentRequest", kind: "close", times: 1 })
    const left = await client.plan({ operation: "SavePaymentRequest", kind: "html" })
    await save(sandbox).catch(() => undefined)
    assert.deepEqual(
      sandbox.faults.list().map(({ id }) => id),
      [left]
    )
    await client.clearFaults([once, left])
    assert.lengthOf(sandbox.faults.list(), 0)
  })
})

describe("the client of one simulator", () => {
  it("sees its own notifications and calls only, and holds and releases them", async () => {
    await client.reset()
    const mm = await openSimulatorClient(client, "vissMm")
    const other = await openSimulatorClient(client, "ecommpay")
    await mm.notifications.hold()
    const { id } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/?id=" })
    await client.call("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const [kept, ...more] = await mm.notifications.list()
    assert.lengthOf(more, 0)
    assert.deepInclude(kept, { method: "GET", url: `http://127.0.0.1:9/?id=${id}`, body: new Uint8Array() })
    assert.deepEqual(
      (await mm.calls()).map(({ at, operation }) => [operation, at]),
      [["SavePaymentRequest", mm.now()]]
    )
    assert.deepEqual([await other.notifications.list(), await other.calls()], [[], []])
    await mm.notifications.release()
    assert.lengthOf(sandbox.faults.list(), 0)
  })

  it("clears only what was planned through it, and forgets all of it at a reset", async () => {
    const mm = await openSimulatorClient(client, "vissMm")
    const others = await client.plan({ operation: "sale", kind: "html" })
    await mm.faults.plan({ operation: "SavePaymentRequest", kind: "close" })
    await mm.faults.clear()
    assert.deepEqual(
      sandbox.faults.list().map(({ id }) => id),
      [others]
    )
    const start = mm.now()
    await mm.notifications.hold()
    await mm.advance(5)
    assert.equal(mm.now(), start + 5)
    await client.advance(7)
    assert.equal(mm.now(), start + 5)
    await mm.sync()
    assert.equal(mm.now(), start + 12)
    await mm.reset()
    assert.equal(mm.now(), await client.now())
    await mm.notifications.release()
    await mm.notifications.hold()
    assert.lengthOf(sandbox.faults.list(), 1)
    await mm.reset()
  })
})
