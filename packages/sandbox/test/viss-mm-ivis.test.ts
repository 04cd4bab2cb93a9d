import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, ok, outcome } from "./support/control.ts"
import {
  callIvis,
  goodHeader,
  type Header,
  ivisRequest,
  ivisToken,
  payments,
  startTransaction
} from "./support/ivis.ts"
import { type Receiver, startReceiver } from "./support/receiver.ts"
import { textOf } from "./support/soap.ts"
import { issue, type Issued, faultOf } from "./support/sts.ts"

let sandbox: Sandbox
let receiver: Receiver
let token: Issued
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 9, clock: "2026-12-01T12:00:00.000Z", frozen: true })
  receiver = await startReceiver()
  token = await ivisToken(sandbox)
})
afterEach(() => sandbox.reset())
afterAll(async () => {
  await receiver.close()
  await sandbox.close()
})

const submit = async (operation: "Submit" | "SubmitSync", change: Header = {}, body = payments) => {
  const header = { ...goodHeader(await startTransaction(sandbox, token), receiver.url), ...change }
  return { header, answer: await callIvis(sandbox, operation, ivisRequest(header, body), token) }
}
const statusOf = async (messageId: string) =>
  (await callIvis(sandbox, "GetStatus", `<messageID>${messageId}</messageID>`, token)).text
const pushes = async (count: number) => (await receiver.waitFor(count)).slice(count - 1).at(-1)?.body ?? ""

describe("the Request Service of the portal", () => {
  it("answers SubmitSync with id and link, and tells the status by a new IVISRequest", async () => {
    const before = receiver.received.length
    const { answer, header } = await submit("SubmitSync")
    assert.equal(answer.status, 200)
    assert.equal(textOf(answer.text, "CorrelationID"), header["MessageID"])
    assert.equal(textOf(answer.text, "TransactionID"), header["TransactionID"])
    assert.equal(textOf(answer.text, "Result"), "success")
    const id = textOf(answer.text, "PaymentRequestId") ?? assert.fail("no id")
    assert.equal(textOf(answer.text, "PaymentRequestUrl"), `${sandbox.ready.vissMm.ui}?id=${id}`)
    await outcome(sandbox, id, { status: "E" })
    const push = await pushes(before + 1)
    assert.include(push, "<IVISRequest ")
    assert.equal(textOf(push, "RequestStatus"), "E")
    assert.equal(textOf(push, "PaymentRequestId"), id)
    assert.equal(textOf(push, "CorrelationID"), header["MessageID"])
  })

  it("answers Submit with neither id nor link, and with an IVISResponse once the request was paid", async () => {
    const before = receiver.received.length
    await ok(sandbox, "PATCH", "/viss-mm/settings", { ivisPush: "bare" })
    const { answer, header } = await submit("Submit")
    assert.isUndefined(textOf(answer.text, "PaymentRequestId"))
    assert.equal(textOf(await statusOf(header["MessageID"] ?? ""), "Status"), "InProcess")
    const paymentId = String(at(await ok(sandbox, "GET", "/payments"), "payments", 0, "paymentId"))
    await outcome(sandbox, paymentId, { status: "E" })
    const push = await pushes(before + 1)
    assert.match(push, /^<\?xml [^>]*><IVISResponse /)
    assert.equal(textOf(push, "PaymentRequestId"), paymentId)
    const answered = await statusOf(header["MessageID"] ?? "")
    assert.equal(textOf(answered, "Status"), "Completed")
    assert.equal(textOf(answered, "RequestStatus"), "E")
  })

  it("tells a refusal by a rule as the answer of SubmitSync, and later after Submit", async () => {
    const before = receiver.received.length
    const wrong = payments.replace("02Y70", "NONE1")
    const { answer } = await submit("SubmitSync", {}, wrong)
    assert.deepEqual([textOf(answer.text, "Result"), textOf(answer.text, "ErrorCode")], ["error", "SIM-101"])
    const { header } = await submit("Submit", {}, wrong)
    assert.equal(textOf(await pushes(before + 1), "ErrorCode"), "SIM-101")
    assert.equal(textOf(await statusOf(header["MessageID"] ?? ""), "ErrorCode"), "SIM-101")
  })

  it.each<readonly [number: number, change: Header, body: string]>([
    [1, { MessageID: undefined }, payments],
    [3, { CorrelationID: "11111111-2222-4333-8444-555555555555" }, payments],
    [4, { TransactionID: "TR-1" }, payments],
    [5, { TransactionID: "URN:IVIS:100001:EP-EP00-v1-0-TR-1" }, payments],
    [6, { Sender: "AU:somebody else" }, payments],
    [8, { Destination: undefined }, payments],
    [9, { Destination: "EPAKPaymentSync" }, payments],
    [10, { Destination: "URN:IVIS:100001:ISS-EPS-EPAKPaymentSync-v1-0" }, payments],
    [11, { Destination: "URN:IVIS:100001:EP-EP00-v1-0" }, payments],
    [16, { MessageType: undefined }, payments],
    [17, {}, ""],
    [18, {}, "<Other/>"],
    [20, { MessageType: "PaymentsDataStructure" }, payments],
    [21, { MessageType: "URN:IVIS:100001:EP-EP00-v1-0" }, payments],
    [22, {}, payments + payments],
    [23, { MessageType: "URN:IVIS:100001:XSD-EP67-EP67Data-v1-0-TYPE-EP67FullData" }, payments]
  ])("refuses with error %i what is not as it must be", async (number, change, body) => {
    const { answer } = await submit("SubmitSync", change, body)
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "ErrorNumber"), String(number))
    assert.deepEqual(await ok(sandbox, "GET", "/payments"), { payments: [] })
  })

  it("refuses with error 19 what is larger than four megabytes", async () => {
    const { answer } = await submit("SubmitSync", {}, payments.replace("Test 12", "x".repeat(4 * 1024 * 1024)))
    assert.equal(textOf(answer.text, "ErrorNumber"), "19")
  })

  it("knows transactions and messages only from the certificate that they are of, and none after their end", async () => {
    const transactionId = await startTransaction(sandbox, token)
    const other = await ivisToken(sandbox, "b")
    const request = (): string => ivisRequest(goodHeader(transactionId, receiver.url))
    assert.equal(textOf((await callIvis(sandbox, "SubmitSync", request(), other)).text, "ErrorNumber"), "5")
    assert.equal((await callIvis(sandbox, "SubmitSync", request(), token)).status, 200)
    const end = `<transactionID>${transactionId}</transactionID>`
    assert.equal((await callIvis(sandbox, "EndTransaction", end, token)).status, 200)
    assert.equal(textOf((await callIvis(sandbox, "SubmitSync", request(), token)).text, "ErrorNumber"), "5")
    assert.equal(textOf(await statusOf("11111111-2222-4333-8444-555555555555"), "ErrorNumber"), "7")
  })

  it("answers any of its errors on demand", async () => {
    sandbox.faults.add({ operation: "SubmitSync", kind: "ivis_error_13", phase: "before", times: 1 })
    assert.equal(textOf((await submit("SubmitSync")).answer.text, "ErrorName"), "DestinationUserRightToLow")
    assert.equal((await submit("SubmitSync")).answer.status, 200)
  })

  it("asks for a token of its own", async () => {
    const answer = await callIvis(sandbox, "StartTransaction", "", await issue(sandbox))
    assert.deepEqual(faultOf(answer), [500, "Sender", "InvalidSecurityToken"])
  })
})

describe("the document list of the portal", () => {
  const list = async (code: string): Promise<string> => {
    const body = new URLSearchParams({ code, language: "ENG" })
    return (await fetch(sandbox.ready.vissMm.kdv, { method: "POST", body })).text()
  }

  it("shows a person what is to be paid, with a notice and a link to pay", async () => {
    assert.include(await (await fetch(sandbox.ready.vissMm.kdv)).text(), 'name="code"')
    await submit("Submit")
    const page = await list("311299-00000")
    assert.include(page, 'data-state="unpaid"')
    assert.match(page, /data-notice>You have something to pay: Test 12: 1,50 EUR/)
    const link = /data-action="pay" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&")
    assert.include(await (await fetch(link ?? "")).text(), "Test 12")
  })

  it("shows nobody else's requests, and as paid what was paid", async () => {
    const { answer } = await submit("SubmitSync")
    assert.notInclude(await list("010190-19191"), "Test 12")
    assert.include(await list("31129900000"), 'data-action="pay"')
    await outcome(sandbox, textOf(answer.text, "PaymentRequestId") ?? "", { status: "E" })
    const page = await list("31129900000")
    assert.include(page, 'data-state="nothing"')
    assert.notInclude(page, 'data-action="pay"')
    assert.match(page, /Test 12.*, paid/)
  })
})
