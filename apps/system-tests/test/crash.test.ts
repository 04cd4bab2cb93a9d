import { durableSteps } from "@maksa/core"
import { spawn } from "node:child_process"
import { rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { temporaryDirectory } from "./harness.ts"

// What the world outside the process knows: the provider's books and the application's inbox.
const world = {
  created: [] as Array<string>,
  paidOut: [] as Array<string>,
  invoices: 0,
  events: [] as Array<{ id: string; type: string; paymentId: string }>
}
let server: Server
let address = ""

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        attemptId: string
        id: string
        type: string
        paymentId: string
      }
      if (request.url === "/create") world.created.push(body.attemptId)
      if (request.url === "/payout") world.paidOut.push(body.id)
      if (request.url === "/invoice") world.invoices++
      if (request.url === "/event") world.events.push(body)
      response.end(
        JSON.stringify({
          says: world.created.includes(body.attemptId) ? "received" : "absent",
          isSent: world.paidOut.includes(body.id)
        })
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const child = fileURLToPath(new URL("crashChild.ts", import.meta.url))
const life = (file: string, killStep: string, killCount: number, start: number) =>
  new Promise<{
    readonly signal: string | null
    readonly code: number | null
    readonly output: string
    readonly errors: string
  }>((resolve) => {
    const process_ = spawn(process.execPath, [
      "--conditions=@maksa/source",
      child,
      address,
      file,
      killStep,
      String(killCount),
      String(start)
    ])
    let output = ""
    let errors = ""
    process_.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
    process_.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()))
    process_.on("close", (code, signal) => resolve({ signal, code, output, errors }))
  })

const start = Date.parse("2026-11-22T10:00:00Z")

describe("a process killed after a durable step", () => {
  const cases = durableSteps.flatMap((step) => [1, 2].map((count) => [step, count] as const))
  for (const [step, count] of cases) {
    it(`${step}, time ${count}: the next one ends the life with nothing lost and nothing twice`, async () => {
      world.created.length = 0
      world.events.length = 0
      world.paidOut.length = 0
      world.invoices = 0
      const directory = temporaryDirectory()
      try {
        const file = join(directory, "maksa.sqlite")
        const first = await life(file, step, count, start)
        // Steps that happen once only have no second time; then the first life simply ends.
        if (count === 1) assert.strictEqual(first.signal, "SIGKILL", first.errors)
        const last = await life(file, "", 0, start + 5 * 86_400_000)
        assert.strictEqual(last.code, 0, last.errors)
        const result = JSON.parse(last.output) as Record<string, unknown> & { digests: ReadonlyArray<string> }
        // Killed before it left, a payout is not sent by itself where the provider's rules prove nothing by absence.
        const isUnsent = step === "repayment_submitted" && count === 1
        assert.strictEqual(world.paidOut.length, isUnsent ? 0 : 1)
        // Nor is an invoice, which a person has to look for.
        const isUnissued = step === "invoice_submitted" && count === 1
        assert.strictEqual(world.invoices, isUnissued ? 0 : 1)
        assert.deepInclude(result, {
          payments: 2,
          issued: isUnissued ? "OutcomeUnknown" : "invoice",
          status: "paid hard",
          received: "1200",
          attention: "",
          givenBack: "500",
          repayment: ["done", isUnsent ? "outcome_unknown" : "done"]
        })
        // Withdrawn at once, or found to have been paid meanwhile: what the provider's books say.
        assert.include(["canceled", "paid"], result["other"])
        // The one case with a second attempt: the first never reached the provider, as its books show.
        assert.strictEqual(result["attempts"], step === "submission_committed" && count === 1 ? 2 : 1)
        assert.strictEqual(new Set(result.digests).size, result.digests.length)
        // The provider was asked to start each payment once: a lost reply is looked up, never sent again.
        assert.strictEqual(new Set(world.created).size, world.created.length)
        // The second payment's submission, killed before it left, is proved absent and never sent by itself.
        assert.strictEqual(world.created.length, step === "submission_committed" && count === 2 ? 1 : 2)
        // Delivered at least once, with stable ids: counted by id the application was told to fulfil once per payment.
        const fulfil = world.events.filter((event) => event.type === "payment.fulfil")
        const ids = new Set(fulfil.map((event) => event.id))
        assert.strictEqual(ids.size, new Set(fulfil.map((event) => event.paymentId)).size)
        assert.isAtLeast(ids.size, 1)
      } finally {
        rmSync(directory, { recursive: true, force: true })
      }
    })
  }
})
