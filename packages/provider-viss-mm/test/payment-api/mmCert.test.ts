import { X509Certificate } from "node:crypto"

import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { afterAll, assert, beforeAll, describe, it } from "vitest"

import { readMmCert } from "../../src/internal/payment-api/mmCert.ts"
import { type Mm, startMm } from "../support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterAll(() => mm.close())

const made = (certificate: string | Uint8Array, now = Date.now()) =>
  readMmCert({ certificate: Redacted.make(certificate) }, now)
const bytesOf = (certificate: string | Uint8Array): Buffer =>
  Buffer.from(Redacted.value(Result.getOrThrow(made(certificate)).text), "base64")

describe("MM_Cert", () => {
  it("is the certificate alone, whatever stands around it", async () => {
    const { pem } = await mm.pem("a")
    const leaf = new X509Certificate(pem)
    const chain = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    assert.lengthOf(chain, 2)
    for (const given of [pem, Buffer.from(pem), chain.toReversed().join("\n"), leaf.raw]) {
      assert.isTrue(bytesOf(given).equals(leaf.raw))
    }
  })

  it("holds no private key, unless that was asked for by its dangerous name", async () => {
    const { pfx } = await mm.pfx("a")
    const { certificate, text } = Result.getOrThrow(readMmCert({ pfx: Redacted.make(pfx) }, Date.now()))
    assert.isTrue(Buffer.from(Redacted.value(text), "base64").equals(pfx))
    assert.isUndefined(certificate)
    assert.strictEqual(Result.getOrThrow(Result.flip(made(pfx))).problem, "not_a_certificate")
  })

  it("is not made of anything but a PFX file where one is wanted", async () => {
    const { pem } = await mm.pem("a")
    for (const wrong of [Buffer.from(pem), new X509Certificate(pem).raw, new Uint8Array()]) {
      const refused = Result.getOrThrow(Result.flip(readMmCert({ pfx: Redacted.make(wrong) }, Date.now())))
      assert.strictEqual(refused.problem, "not_a_certificate")
    }
  })

  it("of a certificate out of its dates is refused before anything is sent", async () => {
    const { pem } = await mm.pem("expired")
    assert.strictEqual(Result.getOrThrow(Result.flip(made(pem))).problem, "expired")
    assert.strictEqual(Result.getOrThrow(Result.flip(made(pem, 0))).problem, "not_yet_valid")
  })

  it.each(["", "slepens-kanarijs", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])(
    "of what is no certificate says so and does not show it",
    (text) => {
      const refused = Result.getOrThrow(Result.flip(made(text)))
      assert.strictEqual(refused.problem, "not_a_certificate")
      assert.notInclude(refused.message, "kanarijs")
    }
  )
})
