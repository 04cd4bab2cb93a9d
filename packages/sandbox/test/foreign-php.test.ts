// The guide's PHP samples (2.3 to 2.6): their code as printed, without its comments, behind PHP's own web server.
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { startSandbox, type ClientName, type Sandbox } from "../src/index.ts"
import { at, outcome } from "./support/control.ts"
import { findProgram } from "./support/foreignClient.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { startPhpServer, type PhpServer } from "./support/phpServer.ts"
import { save } from "./support/soap.ts"

const php = findProgram({
  what: "the guide's PHP samples",
  programs: ["php"],
  probe: ["-r", "echo extension_loaded('soap') && extension_loaded('curl') ? 'ready' : 'no';"],
  demand: "MAKSA_REQUIRE_PHP"
})

const hostOfTheGuide = "https://tv-vraa.zzdats.lv"
const certificateOfTheGuide = "/path/to/mm.pem"
const idOfTheGuide = "99e083d2-688f-481a-bb85-420eb11e6927"

describe.skipIf(php.isSkipped)("the guide's PHP samples, unchanged but for URL, certificate path, CA and id", () => {
  let sandbox: Sandbox
  let server: PhpServer
  beforeAll(async () => {
    sandbox = await startSandbox()
    const { ca } = sandbox.ready.pki
    const trust = { "openssl.cafile": ca, "curl.cainfo": ca }
    const ini = { ...trust, "soap.wsdl_cache_enabled": "0", display_errors: "1", html_errors: "0" }
    server = await startPhpServer(php.program ?? "php", ini)
  })
  // The samples name a host for notifications that is not ours.
  beforeEach(() => sandbox.faults.add({ operation: "notification", kind: "drop" }))
  afterEach(() => sandbox.reset())
  afterAll(async () => {
    await server.close()
    await sandbox.close()
  })

  const visit = async (name: string, options: { id?: string; client?: ClientName } = {}): Promise<Response> => {
    const sample = await readFile(fileURLToPath(new URL(`php/${name}`, import.meta.url)), "utf8")
    assert.include(sample, hostOfTheGuide)
    assert.include(sample, certificateOfTheGuide)
    const script = sample
      .replace(hostOfTheGuide, new URL(sandbox.ready.vissMm.wsdl).origin)
      .replace(certificateOfTheGuide, sandbox.ready.pki.clients[options.client ?? "a"].pem)
      .replace(idOfTheGuide, options.id ?? idOfTheGuide)
    return server.visit(name.replace("guide/", ""), script)
  }

  it("create a request and send the browser to its page", async () => {
    const response = await visit("guide/create.php")
    assert.equal(response.status, 302)
    const target = response.headers.get("location") ?? ""
    assert.isTrue(target.startsWith(`${sandbox.ready.vissMm.ui}?id=`), target)
    assert.lengthOf(sandbox.payments(), 1)
    const payment = sandbox.payment(new URL(target).searchParams.get("id") ?? "")
    assert.equal(at(payment, "amountMinor"), "1923")
    assert.equal(at(payment, "paymentObject"), "02Y70 payment")
    assert.include(await (await fetch(target)).text(), "19,23 EUR")
  })

  it.each(["P", "E", "R", "O"])("show the status %s", async (status) => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status })
    const response = await visit("guide/status.php", { id })
    assert.equal(await response.text(), `Statuss: ${status}<br />`)
  })

  it("show the fault's message for a request of nobody, and own code its code", async () => {
    const response = await visit("guide/status.php")
    assert.equal(await response.text(), "SoapFault: Maksāšanas pieprasījums nav atrasts")
    const fault: unknown = await (await visit("fault.php")).json()
    assert.deepEqual(fault, { code: "SIM-109", message: "Maksāšanas pieprasījums nav atrasts" })
  })

  it.each([
    ["pdf", "Pdf", "application/pdf"],
    ["xml", "Xml", "text/xml;charset=utf-8"]
  ])("pass on the %s of a paid request byte for byte", async (name, path, mediaType) => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    const response = await visit(`guide/${name}.php`, { id })
    assert.equal(response.headers.get("content-type")?.replace(" ", ""), mediaType)
    const direct = await httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}${path}/${id}`)
    assert.equal(direct.status, 200)
    assert.isAbove(direct.body.length, 500)
    assert.isTrue(Buffer.from(await response.arrayBuffer()).equals(direct.body))
  })

  it("never look at the HTTP status: what is no document is passed on as one", async () => {
    const { id } = await save(sandbox)
    const response = await visit("guide/pdf.php", { id })
    assert.equal(response.headers.get("content-type"), "application/pdf")
    assert.notMatch(await response.text(), /^%PDF-/)
  })

  it("get nothing with a certificate that is not admitted", async () => {
    const response = await visit("guide/create.php", { client: "unknownCa" })
    assert.include(await response.text(), "Couldn't load from")
    assert.lengthOf(sandbox.payments(), 0)
  })
})
