import { createHash, createPublicKey } from "node:crypto"

import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { keysInPfx } from "../../src/internal/credentials/keysInPfx.ts"
import { run } from "../support/mm.ts"
import { makeIdentity, modernPfx } from "../support/pki.ts"

const passphrase = "Pārole-āž1"
/** One throw-away EC key, as OpenSSL 3 writes it: by its defaults (PBES2, AES-256), and with PBE-SHA1-3DES. */
const byOpenssl3 =
  "MIIBfgIBAzCCATQGCSqGSIb3DQEHAaCCASUEggEhMIIBHTCCARkGCSqGSIb3DQEHAaCCAQoEggEGMIIBAjCB/wYLKoZIhvcNAQwK" +
  "AQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECAf2kf2tkFxTAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFl" +
  "AwQBKgQQBa7ZKZEkB+7vnsTxM3HTYgSBkDWuL0QQ/Axkm03kbrS3RESs4OXgmOaesddzhhWDitV/M2DNyXzaMg3rzmho9+StMeei" +
  "FFjRVs7gd6yIiibbwfFYDX0jEKUJtCnCXsBRe2s3UUWDezrFjRKxaWff2CGpAEhjrasYqxzM5Y76UAADhN2SeQNmLwK7q9tEZqRT" +
  "NwF1rx3mbWcce/Z1Nwu6/t+bgzBBMDEwDQYJYIZIAWUDBAIBBQAEIDsbEh+3IaCWrN5LQLZGPIhHGgxrYV5xV82hxWJZ/bzbBAhA" +
  "fW1cOdi4cgICCAA="
const byOlder =
  "MIIBOwIBAzCB8gYJKoZIhvcNAQcBoIHkBIHhMIHeMIHbBgkqhkiG9w0BBwGggc0EgcowgccwgcQGCyqGSIb3DQEMCgECoIG0MIGx" +
  "MBwGCiqGSIb3DQEMAQMwDgQI2Dba/g+fUZgCAggABIGQovEy0DmeWwdGkwgG5wu1jEU/Vruz9yCPc1hBHrhRbU0GnHLVLFz01Ce9" +
  "UOnoERvK1m9UXlduNelN7VvD5r4ivkLKHCx+y5gSdMdEeHu6oEqrKoNdYyW7pnFA/6UWbHQQ28TT8Wenj3DfKqdE9Wv83oxtQaC4" +
  "LiYL1Ec974QwmeFHBNep4XSLGCeIvyclRqIlMEEwMTANBglghkgBZQMEAgEFAAQgYfipX5i1i3k/uD5WD3w61aeHvsMNCWHCjlBo" +
  "v64eIW0ECFgmkhUj1DJhAgIIAA=="
const publicKey = "a028b94fc00e53f61dbb94a231155aaf29b0a70e61481bd70d3ccc40b818403b"

const read = (pfx: Uint8Array, secret?: string) => run(Effect.result(keysInPfx(pfx, secret)))

describe("the keys in a PFX file", () => {
  it.each([
    ["of today", byOpenssl3],
    ["of old", byOlder]
  ])("are read with a passphrase that has Latvian letters, in a scheme %s", async (_scheme, base64) => {
    const [key, ...others] = Result.getOrThrow(await read(Buffer.from(base64, "base64"), passphrase))
    assert.lengthOf(others, 0)
    const der = createPublicKey(key ?? assert.fail("no key")).export({ format: "der", type: "spki" })
    assert.strictEqual(createHash("sha256").update(der).digest("hex"), publicKey)
  })

  it("are none where there are certificates alone, and stay closed to a wrong passphrase", async () => {
    const identity = makeIdentity("Klients")
    const bare = modernPfx({ ...identity, key: null }, "slepens")
    assert.lengthOf(Result.getOrThrow(await read(bare, "slepens")), 0)
    for (const pfx of [modernPfx(identity, "slepens"), Buffer.from("slepens"), Buffer.alloc(0)]) {
      const found = await read(pfx, "cits")
      if (Result.isSuccess(found)) assert.fail("it was read")
      assert.notInclude(JSON.stringify(found.failure), "slepens")
    }
  })
})
