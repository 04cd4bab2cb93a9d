// Python's zeep, as Debian packages it: another reader of the WSDL, which adds WS-Addressing headers by itself.
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type ClientName, type Sandbox } from "../src/index.ts"
import { at, outcome } from "./support/control.ts"
import { findProgram } from "./support/foreignClient.ts"
import { save } from "./support/soap.ts"

const python = findProgram({
  what: "Python's zeep against the SOAP service",
  // A python3 of another origin may stand before Debian's, which has the package.
  programs: ["python3", "/usr/bin/python3"],
  probe: ["-c", "import zeep; print('ready')"],
  demand: "MAKSA_REQUIRE_ZEEP"
})

const run = promisify(execFile)
const script = fileURLToPath(new URL("python/client.py", import.meta.url))

describe.skipIf(python.isSkipped)("zeep over mutual TLS", { timeout: 60_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox()
  })
  afterEach(() => sandbox.reset())
  afterAll(() => sandbox.close())

  const call = async (
    step: string,
    options: { id?: string; client?: ClientName; wsdl?: string } = {}
  ): Promise<unknown> => {
    const { ca, clients } = sandbox.ready.pki
    const { passphrase, pem } = clients[options.client ?? "a"]
    const { id = "", wsdl = sandbox.ready.vissMm.wsdl } = options
    // Debian's urllib3 cannot check a certificate against an address, only against a name.
    const named = wsdl.replace("127.0.0.1", "localhost")
    const { stdout } = await run(python.program ?? "python3", [script, step, named, pem, passphrase, ca, id])
    return JSON.parse(stdout)
  }

  it("creates a request, and its WS-Addressing headers disturb nobody", async () => {
    const saved = await call("create")
    const id = String(at(saved, "id"))
    assert.equal(at(saved, "url"), `${sandbox.ready.vissMm.ui}?id=${id}`)
    const payment = sandbox.payment(id)
    assert.equal(at(payment, "amountMinor"), "1923")
    assert.equal(at(payment, "paymentObject"), "02Y70 payment")
    const addressing = "{http://www.w3.org/2005/08/addressing}"
    assert.includeMembers(
      [...JSON.parse(JSON.stringify(at(saved, "headers")))],
      ["Action", "MessageID", "To"].map((name) => addressing + name)
    )
  })

  it("asks for the status, for who paid, and for a position in the other profile", async () => {
    const { id } = await save(sandbox)
    assert.equal(at(await call("status", { id }), "status"), "P")
    await outcome(sandbox, id, { status: "E", provider: "HABALV22" })
    assert.equal(at(await call("status", { id }), "status"), "E")
    const both = await call("providers", { id })
    assert.equal(at(both, "status"), "E")
    assert.equal(at(both, "providers"), "HABALV22")
    const position = await call("53", { id, wsdl: `${sandbox.ready.vissMm.wsdl}&profile=position` })
    assert.equal(at(position, "status"), "E")
    assert.equal(at(position, "provider"), "HABALV22")
  })

  it("reads the fault with its code for another agency's request", async () => {
    const { id } = await save(sandbox)
    assert.equal(at(await call("status", { id, client: "b" }), "code"), "SIM-110")
  })
})
