import { execFile, spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type ClientName, type Sandbox } from "../src/index.ts"
import { at, outcome } from "./support/control.ts"

const probe = spawnSync("php", [
  "-r",
  "echo extension_loaded('soap') && extension_loaded('curl') ? 'ready' : 'no soap or curl';"
])
const missing =
  probe.error === undefined ? (String(probe.stdout) === "ready" ? undefined : String(probe.stdout)) : "no php here"
const isDemanded = process.env["MAKSA_REQUIRE_PHP"] === "1"
if (missing !== undefined && !isDemanded) process.stdout.write(`PHP sample of the guide skipped: ${missing}\n`)

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

const run = promisify(execFile)
const script = fileURLToPath(new URL("php/sample.php", import.meta.url))

const php = async (step: string, client: ClientName, id = ""): Promise<unknown> => {
  const { ca, clients } = sandbox.ready.pki
  const { invoices, wsdl } = sandbox.ready.vissMm
  const trust = ["-d", `openssl.cafile=${ca}`, "-d", `curl.cainfo=${ca}`]
  const { stdout } = await run("php", [
    ...trust,
    script,
    step,
    wsdl,
    clients[client].pem,
    clients[client].passphrase,
    invoices,
    id
  ])
  return JSON.parse(stdout)
}

describe("the guide's PHP sample", () => {
  it.skipIf(missing !== undefined && !isDemanded)(
    "saves a request, asks for its status and fetches the PDF, unchanged but for URL, certificate and CA",
    async () => {
      const saved = await php("save", "a")
      const id = String(at(saved, "id"))
      assert.equal(at(saved, "url"), `${sandbox.ready.vissMm.ui}?id=${id}`)
      assert.equal(at(sandbox.payment(id), "amountMinor"), "1923")
      assert.equal(at(sandbox.payment(id), "paymentObject"), "02Y70 payment")
      assert.deepEqual(await php("status", "a", id), { status: "P" })

      await outcome(sandbox, id, { status: "E" })
      assert.deepEqual(await php("status", "a", id), { status: "E" })
      const pdf = await php("pdf", "a", id)
      assert.equal(at(pdf, "start"), "%PDF-")
      assert.isAbove(Number(at(pdf, "bytes")), 5000)
    }
  )

  it.skipIf(missing !== undefined && !isDemanded)("sees the fault's code and message", async () => {
    const answer = await php("status", "b", "05ae69d8-2be1-4a63-ae93-9d0e42e254f1")
    assert.equal(at(answer, "code"), "SIM-109")
    assert.equal(at(answer, "message"), "Maksāšanas pieprasījums nav atrasts")
  })
})
