import { X509Certificate } from "node:crypto"
import { connect, createSecureContext, createServer } from "node:tls"
import { inspect } from "node:util"

import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"

import { readCredentials, type CredentialsConfig } from "../../src/internal/credentials/credentials.ts"
import type { CredentialsError, CredentialsProblem } from "../../src/internal/credentials/CredentialsError.ts"
import {
  certificatePem,
  encryptedKeyPem,
  keyPem,
  legacyPfx,
  makeIdentity,
  modernPfx,
  validity
} from "../support/pki.ts"

const authority = makeIdentity("Testa CA")
const client = makeIdentity("Zane Liepa 010190-11111", authority)
const other = makeIdentity("Cits", authority)
const passphrase = Redacted.make("pareiza-parole-1")
const clear = Redacted.value(passphrase)

/** Bag attributes, leaf, chain, encrypted key: the layout that the guide's openssl command writes. */
const combined = [
  "Bag Attributes\n    localKeyID: 01\n    friendlyName: klients\nsubject=CN = klients\n",
  certificatePem(client),
  "Bag Attributes: <No Attributes>\n",
  certificatePem(authority),
  "Bag Attributes\nKey Attributes: <No Attributes>\n",
  encryptedKeyPem(client, clear)
].join("")

const read = (config: CredentialsConfig) =>
  TestClock.setTime(Date.UTC(2026, 10, 22)).pipe(Effect.andThen(readCredentials(config)))
const refusal = (config: CredentialsConfig): Effect.Effect<CredentialsError> =>
  Effect.flip(read(config)).pipe(Effect.orDie)

const fingerprint = new X509Certificate(certificatePem(client)).fingerprint256

/** The fingerprint of the certificate that a server sees when a client connects with these options. */
const seenByServer = (tls: object): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer(
      { key: keyPem(other), cert: certificatePem(other), requestCert: true, rejectUnauthorized: false },
      (socket) => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256)
        socket.destroy()
        server.close()
      }
    )
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      if (address === null || typeof address === "string") return reject(new Error("no port"))
      const socket = connect({ port: address.port, host: "127.0.0.1", rejectUnauthorized: false, ...tls })
      socket.on("error", () => socket.destroy())
    })
  })

describe("a client certificate", () => {
  const usable: ReadonlyArray<readonly [string, CredentialsConfig]> = [
    ["the combined PEM of the guide", { pem: combined, passphrase }],
    ["a combined PEM given as bytes", { pem: Buffer.from(combined), passphrase }],
    ["a PEM with an unencrypted key before the certificate", { pem: keyPem(client) + certificatePem(client) }],
    [
      "a PEM that begins with the authority's certificate",
      { pem: certificatePem(authority) + certificatePem(client) + keyPem(client) }
    ],
    ["a modern PFX", { pfx: modernPfx(client, clear), passphrase }],
    ["a modern PFX with its chain", { pfx: modernPfx(client, clear, [authority]), passphrase }]
  ]
  it.effect.each(usable)("works from %s: a server sees the leaf, and its facts are told", ([, config]) =>
    Effect.gen(function* () {
      const { tls, certificate } = yield* read(config)
      assert.deepStrictEqual(certificate, {
        subject: "CN=Zane Liepa 010190-11111",
        notBefore: validity.from,
        notAfter: validity.to,
        fingerprint256: fingerprint
      })
      createSecureContext(Redacted.value(tls))
      assert.strictEqual(yield* Effect.promise(() => seenByServer(Redacted.value(tls))), fingerprint)
    })
  )

  it.effect("keeps its key and passphrase out of text and JSON", () =>
    Effect.gen(function* () {
      const credentials = yield* read({ pem: combined, passphrase })
      const shown = `${inspect(credentials, { depth: 9 })} ${JSON.stringify(credentials)}`
      assert.notInclude(shown, clear)
      assert.notInclude(shown, "PRIVATE KEY")
    })
  )

  const wrong = Redacted.make("nepareiza")
  const broken: ReadonlyArray<readonly [CredentialsProblem, string, CredentialsConfig]> = [
    ["wrong_passphrase", "a PEM with the wrong passphrase", { pem: combined, passphrase: wrong }],
    ["wrong_passphrase", "a PEM with an encrypted key and no passphrase", { pem: combined }],
    ["wrong_passphrase", "a PFX with the wrong passphrase", { pfx: modernPfx(client, clear), passphrase: wrong }],
    ["wrong_passphrase", "a PFX and no passphrase", { pfx: modernPfx(client, clear) }],
    ["wrong_passphrase", "a legacy PFX with the wrong passphrase", { pfx: legacyPfx(client, "pw"), passphrase: wrong }],
    ["legacy_pfx", "a legacy PFX", { pfx: legacyPfx(client, "pw"), passphrase: Redacted.make("pw") }],
    ["no_private_key", "a PEM without a key", { pem: certificatePem(client) }],
    ["no_private_key", "a PFX without a key", { pfx: modernPfx({ ...client, key: null }, clear), passphrase }],
    ["no_certificate", "a PEM without a certificate", { pem: keyPem(client) }],
    [
      "no_certificate",
      "a PFX whose certificate is of another key",
      { pfx: modernPfx({ certificate: other.certificate, key: client.key }, clear), passphrase }
    ],
    ["key_mismatch", "a PEM whose key is of another certificate", { pem: certificatePem(client) + keyPem(other) }],
    ["not_a_certificate", "a text that is no PEM", { pem: "Sveika, pasaule" }],
    ["not_a_certificate", "a PFX given as PEM", { pem: modernPfx(client, clear), passphrase }],
    ["not_a_certificate", "a PEM given as PFX", { pfx: Buffer.from(combined), passphrase }],
    ["not_a_certificate", "bytes that are no PFX", { pfx: Buffer.from("Sveika, pasaule"), passphrase }],
    [
      "not_a_certificate",
      "a damaged certificate",
      { pem: `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${keyPem(client)}` }
    ],
    [
      "no_private_key",
      "a damaged key",
      { pem: `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${certificatePem(client)}` }
    ]
  ]
  it.effect.each(broken)("is refused as %s for %s, without a secret or a name in the error", ([problem, , config]) =>
    Effect.gen(function* () {
      const error = yield* refusal(config)
      assert.strictEqual(error.problem, problem)
      const shown = `${String(error)} ${JSON.stringify(error)} ${error.stack}`
      for (const secret of [clear, "nepareiza", "Zane", "010190", "BEGIN PRIVATE KEY\n"])
        assert.notInclude(shown, secret)
    })
  )

  it.effect("of a legacy PFX is refused with the commands that convert it", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ pfx: legacyPfx(client, "pw"), passphrase: Redacted.make("pw") })
      assert.include(error.message, "openssl pkcs12 -legacy -in old.pfx -out client.pem")
      assert.include(error.message, "openssl pkcs12 -export -in client.pem -out new.pfx")
    })
  )

  const pem = combined
  const pfx = modernPfx(client, clear)
  it.effect.each<CredentialsConfig>([
    { pem, passphrase },
    { pfx, passphrase }
  ])("is valid up to its last second and refused as expired after it, telling when", (config) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(validity.to.getTime())
      yield* readCredentials(config)
      yield* TestClock.adjust(1)
      const error = yield* Effect.flip(readCredentials(config))
      assert.strictEqual(error.problem, "expired")
      assert.deepStrictEqual(error.notAfter, validity.to)
      assert.include(error.message, "2028-01-01T00:00:00.000Z")
    })
  )

  it.effect("that begins in the future is refused as not yet valid", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(validity.from.getTime() - 1)
      const error = yield* Effect.flip(readCredentials({ pem: combined, passphrase }))
      assert.strictEqual(error.problem, "not_yet_valid")
      assert.deepStrictEqual(error.notBefore, validity.from)
    })
  )
})
