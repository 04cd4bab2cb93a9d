import { inspect } from "node:util"

import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { created, type Mm, type MmAdapter, run, startMm } from "../support/mm.ts"
import { type OpenPfas, openPfasOf, type PfasChange, toldOf, troubleOf } from "../support/pfas.ts"

let mm: Mm
let x509: MmAdapter
let kept: OpenPfas
const scope = Effect.runSync(Scope.make())
const open = (change?: PfasChange): Promise<OpenPfas> => openPfasOf(mm, scope, change)

beforeAll(async () => {
  mm = await startMm()
  x509 = await mm.adapter()
  kept = await open()
  await troubleOf(kept.pfas.status(nobody))
  mm.sandbox.reset()
})
afterEach(() => mm.sandbox.reset())
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await mm.close()
})

const nobody = "11111111-2222-4333-8444-555555555555"

/** Each kind with what a status is told when the token service, or MM itself, behaves so. */
const kinds = [
  ["close", "Unavailable", "Unavailable"],
  ["reset", "Unavailable", "Unavailable"],
  ["status", "Unavailable", "Unavailable"],
  ["truncate", "Unavailable", "Unavailable"],
  ["soap_fault", "Unavailable", "Unavailable"],
  ["html", "MalformedResponse", "MalformedResponse"],
  ["garbage", "MalformedResponse", "MalformedResponse"],
  ["entity_bomb", "MalformedResponse", "MalformedResponse"],
  ["dtd", "MalformedResponse", "MalformedResponse"],
  ["huge", "MalformedResponse", "MalformedResponse"],
  ["redirect", "MalformedResponse", "MalformedResponse"]
] as const
const phased = kinds.flatMap(([kind, sts, service]) =>
  (["before", "after"] as const).map((phase) => [kind, phase, sts, service] as const)
)

describe("trouble on the wire", () => {
  it.each(phased)("of kind %s %s the token service acts is told, and MM is not asked", async (kind, phase, sts) => {
    const { pfas } = await open()
    mm.fault({ operation: "Issue", kind, phase })
    const { reason } = await toldOf(pfas.status(nobody), "status")
    assert.strictEqual(reason._tag, sts)
    assert.deepStrictEqual(
      mm.sandbox.calls().map(({ operation }) => operation),
      ["Issue"]
    )
  })

  it.each(phased)("of kind %s %s MM acts is told, and nothing is sent again", async (kind, phase, _sts, service) => {
    mm.fault({ operation: "GetPaymentRequestStatus", kind, phase })
    const { id } = await created(x509)
    const { reason } = await toldOf(kept.pfas.status(id), "status")
    assert.strictEqual(reason._tag, service)
    const asked = mm.sandbox.calls().map(({ operation }) => operation)
    assert.deepStrictEqual(asked.slice(1), ["GetPaymentRequestStatus"])
  })

  it("is over with the next call", async () => {
    const { pfas } = await open()
    mm.fault({ operation: "Issue", kind: "reset", times: 1 })
    await troubleOf(pfas.status(nobody))
    const { id } = await created(x509)
    assert.strictEqual((await run(pfas.status(id))).word, "P")
  })

  it("of a status that is nil, or a letter that nobody knows, is not guessed away", async () => {
    const { id } = await created(x509)
    mm.fault({ operation: "GetPaymentRequestStatus", kind: "nil_result", times: 1 })
    assert.strictEqual((await toldOf(kept.pfas.status(id), "status")).reason._tag, "MalformedResponse")
    mm.fault({ operation: "GetPaymentRequestStatus", kind: "unknown_status", times: 1 })
    assert.strictEqual((await run(kept.pfas.status(id))).word, "X")
  })
})

const spoilt: ReadonlyArray<readonly [why: string, change: (received: string) => string, words: string]> = [
  ["is missing", (xml) => xml.replace(/<a:Content>.*<\/a:Content>/, ""), "has no document"],
  ["is no base64", (xml) => xml.replace("<a:Content>", "<a:Content>?"), "not base64"],
  ["is of another media type", (xml) => xml.replace(">application/pdf<", ">text/html<"), "media type"],
  ["is there twice", (xml) => xml.replace(/(<a:Content>.*<\/a:Content>)/, "$1$1"), "occurs twice"],
  [
    "comes in another namespace",
    (xml) => xml.replace(/xmlns:a="http:\/\/schemas[^"]*"/, 'xmlns:a="urn:z"'),
    "namespace"
  ]
]

describe("a document", () => {
  it.each(spoilt)("that %s is not served", async (_why, change, words) => {
    const { pfas } = await open({
      spoil: (received, { url }) => (url.href.includes("MMService") ? change(received) : received)
    })
    const { id } = await created(x509)
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const { reason } = await toldOf(pfas.document(id, "pdf"), "receipt")
    assert.strictEqual(reason._tag, "MalformedResponse")
    assert.include(reason.message, words)
  })

  it("that is larger than allowed is not served", async () => {
    const { pfas } = await open({ maxReceiptBytes: 1000 })
    const { id } = await created(x509)
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    assert.strictEqual((await troubleOf(pfas.document(id, "pdf"))).situation, "too_large")
  })
})

describe("what must stay secret", () => {
  it.each(["bearer", "holder_of_key"] as const)("is in no error: %s", async (keyProof) => {
    const { exchanged, pfas, security } = await open({ sts: { keyProof } })
    mm.fault({ operation: "Issue", kind: "tampered_token" })
    const troubles: Array<unknown> = [await troubleOf(pfas.status(nobody)), await toldOf(pfas.status(nobody), "status")]
    const exits = await Effect.runPromise(Effect.exit(pfas.document(nobody, "pdf")))
    const said = [...troubles, exits]
      .map((one) => `${inspect(one, { depth: 20 })}${JSON.stringify(one)}${String(one)}`)
      .join()
    const received = exchanged.map((one) => one.received).join()
    const secret = /<trust:BinarySecret>([^<]+)/.exec(received)?.[1]
    assert.strictEqual(secret !== undefined, keyProof === "holder_of_key")
    const signature = /<ds:SignatureValue>([^<]{40})/.exec(received)?.[1] ?? assert.fail("no signature")
    const { passphrase } = await mm.pem("a")
    for (const mark of [signature, secret, "PRIVATE KEY", `"${passphrase}"`]) {
      if (mark !== undefined) assert.notInclude(said, mark)
    }
    const kept = inspect(await run(security.tokens.tokenFor("https://ivis.eps.gov.lv/Request.WebService")), {
      depth: 20
    })
    assert.notInclude(kept, "SignatureValue")
    assert.include(kept, "<redacted:vissMm.assertion>")
  })
})

describe("the checks", () => {
  const results = async ({ pfas }: OpenPfas): Promise<Record<string, boolean>> =>
    Object.fromEntries((await run(pfas.checks())).map(({ isOk, name }) => [name, isOk]))

  it("tell that tokens are issued and both services can be used", async () => {
    assert.deepStrictEqual(await results(kept), {
      securityTokenService: true,
      GetPaymentRequestStatus: true,
      GetInvoice: true
    })
  })

  it("tell which role is missing", async () => {
    await mm.control("PATCH", "/viss-mm/settings", { stsRoles: ["MM_INVOICE_SERVICE"] })
    const opened = await open()
    assert.deepStrictEqual(await results(opened), {
      securityTokenService: true,
      GetPaymentRequestStatus: false,
      GetInvoice: true
    })
    const [, status] = await run(opened.pfas.checks())
    assert.include(status?.message, "MM_PAYMENTREQUEST_STATUS_SERVICE")
  })

  it("tell when the certificate is not activated, and ask MM nothing then", async () => {
    const opened = await open()
    mm.fault({ operation: "Issue", kind: "not_activated" })
    const [sts, ...others] = await run(opened.pfas.checks())
    assert.lengthOf(others, 0)
    assert.deepInclude(sts, { name: "securityTokenService", isOk: false })
    assert.include(sts?.message, "ID4058")
  })
})
