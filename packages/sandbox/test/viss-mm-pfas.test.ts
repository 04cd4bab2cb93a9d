import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { ok, outcome } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { save, textOf } from "./support/soap.ts"
import { callPfas, faultOf, idContent, issue, type Issued, request } from "./support/sts.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, clock: "2026-12-01T12:00:00.000Z", frozen: true })
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const settings = (change: object): Promise<unknown> => ok(sandbox, "PATCH", "/viss-mm/settings", change)
const status = (id: string, token: { assertion: string; secret?: Buffer }, parts = {}) =>
  callPfas(sandbox, "GetPaymentRequestStatus", idContent(id), token, parts)
const invoice = (id: string, token: Issued, format = "") =>
  callPfas(sandbox, "GetInvoice", idContent(id, format), token)
const withKey = (): Promise<Issued> => issue(sandbox, { body: request({ keyType: "SymmetricKey" }) })
const nobody = "11111111-2222-4333-8444-555555555555"

describe("a protected service", () => {
  it("tells the status of the certificate's own request to who bears a token", async () => {
    const { id } = await save(sandbox)
    const answer = await status(id, await issue(sandbox))
    assert.equal(answer.status, 200)
    assert.equal(textOf(answer.text, "GetPaymentRequestStatusResult"), "P")
    assert.include(answer.text, "IMMService/GetPaymentRequestStatusResponse<")
    assert.include(sandbox.calls().at(-1), {
      operation: "GetPaymentRequestStatus",
      clientCertificate: "Maksa client a"
    })
  })

  it("serves the document as PDF unless XML is asked for", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    const token = await issue(sandbox)
    for (const [format, start, type] of [
      ["", "%PDF-", "application/pdf"],
      ['<m:xmlFormat xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>', "%PDF-", "application/pdf"],
      ["<m:xmlFormat>false</m:xmlFormat>", "%PDF-", "application/pdf"],
      ["<m:xmlFormat>true</m:xmlFormat>", "<?xml", "text/xml"]
    ] as const) {
      const { text } = await invoice(id, token, format)
      assert.isTrue(
        Buffer.from(textOf(text, "Content") ?? "", "base64")
          .toString()
          .startsWith(start),
        format
      )
      assert.equal(textOf(text, "ContentType"), type)
    }
  })

  it.each([
    ["unknown", () => Promise.resolve(nobody), "SIM-109"],
    ["another certificate's", async () => (await save(sandbox, {}, { client: "b" })).id, "SIM-110"]
  ])("answers a business fault for a request that is %s", async (_which, idOf, code) => {
    const answer = await status(await idOf(), await issue(sandbox))
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "ErrorCode"), code)
  })

  it("has no document before the money came", async () => {
    const { id } = await save(sandbox)
    assert.equal(textOf((await invoice(id, await issue(sandbox))).text, "ErrorCode"), "SIM-112")
  })

  it("takes a token with a key only from who signs with it", async () => {
    const { id } = await save(sandbox)
    const token = await withKey()
    assert.equal((await status(id, token)).status, 200)
    assert.deepEqual(faultOf(await status(id, { assertion: token.assertion })), [500, "Sender", "FailedCheck"])
    const other = { assertion: token.assertion, secret: Buffer.alloc(32) }
    assert.deepEqual(faultOf(await status(id, other)), [500, "Sender", "FailedCheck"])
    const change = (text: string): string => text.replace("T12:00:00.000Z</u:Created>", "T12:00:01.000Z</u:Created>")
    assert.deepEqual(faultOf(await status(id, token, { change })), [500, "Sender", "FailedCheck"])
  })

  it("takes the same token again and again, and no other one that looks like it", async () => {
    const { id } = await save(sandbox)
    const { assertion } = await issue(sandbox)
    assert.equal((await status(id, { assertion })).status, 200)
    for (const other of [
      assertion.replace("MM_INVOICE_SERVICE", "MM_INVOICE_SERVICF"),
      assertion.replace(
        /(<[^>]*SignatureValue>)(.)/,
        (_whole, tag: string, first) => tag + (first === "A" ? "B" : "A")
      ),
      assertion.replace(/xmlns="[^"]+"/, "")
    ]) {
      assert.notEqual(other, assertion)
      assert.notEqual((await status(id, { assertion: other })).status, 200)
    }
    assert.equal((await status(id, { assertion: `<!-- <Assertion> -->${assertion}` })).status, 200)
    assert.equal((await status(id, { assertion })).status, 200)
  })

  it("opens a token that was encrypted for it", async () => {
    await settings({ tokenEncryption: true })
    const { id } = await save(sandbox)
    assert.equal((await status(id, await withKey())).status, 200)
    const { assertion } = await issue(sandbox)
    const broken = assertion.replace(/(<e:CipherValue>)./, "$1!")
    assert.deepEqual(faultOf(await status(id, { assertion: broken })), [500, "Sender", "FailedCheck"])
  })
})

const lastingFault = (kind: string): Promise<unknown> => ok(sandbox, "POST", "/faults", { operation: "Issue", kind })

describe("a protected service refuses", () => {
  it.each([
    ["tampered_token", "FailedCheck"],
    ["foreign_token", "FailedCheck"],
    ["expired_token", "InvalidSecurityToken"],
    ["wrong_audience", "InvalidSecurityToken"],
    ["missing_roles", "FailedAuthentication"]
  ])("a token after the fault %s, of either version", async (kind, subcode) => {
    await lastingFault(kind)
    for (const tokenVersion of ["SAML2.0", "SAML1.1"]) {
      await settings({ tokenVersion })
      assert.deepEqual(faultOf(await status(nobody, await issue(sandbox))), [500, "Sender", subcode])
    }
  })

  it("a role's operation to who has another role", async () => {
    await settings({ stsRoles: ["MM_INVOICE_SERVICE"] })
    const token = await issue(sandbox)
    assert.deepEqual(faultOf(await status(nobody, token)), [500, "Sender", "FailedAuthentication"])
    assert.equal(textOf((await invoice(nobody, token)).text, "ErrorCode"), "SIM-109")
  })

  it("a token whose time is over, by its own clock", async () => {
    const token = await issue(sandbox)
    await sandbox.clock.advance(4 * 3_600_000 + 299_000)
    assert.equal(textOf((await status(nobody, token)).text, "ErrorCode"), "SIM-109")
    await sandbox.clock.advance(2000)
    assert.deepEqual(faultOf(await status(nobody, token)), [500, "Sender", "InvalidSecurityToken"])
  })

  it("no token, two tokens, and one wrapped around another", async () => {
    const { assertion } = await issue(sandbox)
    const second = (await issue(sandbox)).assertion
    assert.deepEqual(faultOf(await status(nobody, { assertion: "" })), [500, "Sender", "InvalidSecurityToken"])
    assert.deepEqual(faultOf(await status(nobody, { assertion: assertion + second })), [
      500,
      "Sender",
      "InvalidSecurityToken"
    ])
    // A forged assertion that carries the signed one inside, as signature wrapping does.
    const forged = `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_forged">${assertion}</Assertion>`
    assert.deepEqual(faultOf(await status(nobody, { assertion: forged })), [500, "Sender", "FailedCheck"])
    const changed = assertion.replace("MM_INVOICE_SERVICE", "MM_INVOICE_SERVICF")
    assert.deepEqual(faultOf(await status(nobody, { assertion: changed })), [500, "Sender", "FailedCheck"])
  })

  it("an old message, another action and an unknown operation", async () => {
    const token = await issue(sandbox)
    const at = sandbox.clock.now() - 360_000
    assert.deepEqual(faultOf(await status(nobody, token, { at })), [500, "Sender", "MessageExpired"])
    assert.deepEqual(faultOf(await status(nobody, token, { action: "urn:x" })), [500, "Sender", "ActionNotSupported"])
    const other = await callPfas(sandbox, "SavePaymentRequest", "", token)
    assert.deepEqual(faultOf(other), [500, "Sender", "ActionNotSupported"])
    assert.equal(sandbox.calls().at(-1)?.operation, "unreadable")
  })
})

describe("a protected service's description", () => {
  it("is a WSDL with its own address", async () => {
    const { pfas } = sandbox.ready.vissMm
    const wsdl = await httpsCall(sandbox, `${pfas}?singleWsdl`, { client: "none" })
    assert.equal(wsdl.status, 200)
    assert.include(wsdl.text, `<soap12:address location="${pfas}"/>`)
    assert.include(wsdl.text, 'name="GetPaymentRequestStatus"')
    assert.include((await httpsCall(sandbox, pfas, { client: "none" })).text, "MMService Service")
  })

  it("is beside faults of its meaning", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    const token = await issue(sandbox)
    const plan = (operation: string, kind: string): Promise<unknown> =>
      ok(sandbox, "POST", "/faults", { operation, kind, times: 1 })
    await plan("GetPaymentRequestStatus", "unknown_status")
    assert.equal(textOf((await status(id, token)).text, "GetPaymentRequestStatusResult"), "X")
    await plan("GetPaymentRequestStatus", "refusal")
    assert.equal(textOf((await status(id, token)).text, "ErrorCode"), "SIM-113")
    await plan("GetInvoice", "wrong_amount")
    const { text } = await invoice(id, token, "<m:xmlFormat>true</m:xmlFormat>")
    const whole = Buffer.from(textOf(text, "Content") ?? "", "base64").toString()
    assert.notEqual(textOf(whole, "Total"), textOf(await plainXml(id, token), "Total"))
  })
})

const plainXml = async (id: string, token: Issued): Promise<string> =>
  Buffer.from(
    textOf((await invoice(id, token, "<m:xmlFormat>true</m:xmlFormat>")).text, "Content") ?? "",
    "base64"
  ).toString()
