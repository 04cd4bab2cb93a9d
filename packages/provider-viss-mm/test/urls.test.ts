import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { callbackUrl } from "../src/index.ts"
import { type Look, redirectUrl } from "../src/internal/redirect.ts"

describe("a callback URL", () => {
  it.each([
    ["https://iestade.example/x/zime", "https://iestade.example/x/zime?id="],
    ["https://iestade.example", "https://iestade.example?id="],
    ["https://iestade.example/x?a=1", "https://iestade.example/x?a=1&id="],
    ["https://iestade.example/x?", "https://iestade.example/x?id="],
    ["https://iestade.example/x?a=1&", "https://iestade.example/x?a=1&id="],
    ["https://iestade.example/x?ID=1&idx=2", "https://iestade.example/x?ID=1&idx=2&id="],
    ["http://127.0.0.1:8080/x?next=%2Fa%3Fid%3D", "http://127.0.0.1:8080/x?next=%2Fa%3Fid%3D&id="]
  ])("of %s ends in an empty parameter to which MM can append its id", (given, expected) => {
    const made = Result.getOrThrow(callbackUrl(given))
    assert.strictEqual(made, expected)
    assert.strictEqual(new URL(`${made}05ae69d8`).searchParams.get("id"), "05ae69d8")
  })

  it.each([
    ["a fragment", "https://iestade.example/x#slepens-kanarijs"],
    ["an empty fragment", "https://iestade.example/slepens-kanarijs#"],
    ["an id of its own", "https://iestade.example/slepens-kanarijs?id=1"],
    ["user information", "https://slepens-kanarijs@iestade.example/"],
    ["another scheme", "javascript:slepens-kanarijs"],
    ["no host", "/slepens-kanarijs"],
    ["a blank", "https://iestade.example/slepens kanarijs"],
    ["nothing", ""]
  ])("is refused with %s, and the refusal does not show it", (_what, given) => {
    const refused = Result.flip(callbackUrl(given))
    const error = Result.getOrThrow(refused)
    assert.notInclude(JSON.stringify(error) + String(error), "slepens-kanarijs")
  })
})

const link = "https://mm.example/MM/WebUI2/Payments/?id=05ae69d8-2be1-4a63-ae93-9d0e42e254f1"

describe("the payer's link", () => {
  it.each<readonly [Look, string]>([
    [{}, ""],
    [{ language: "lv" }, "&language=LAT"],
    [{ language: "en" }, "&language=ENG"],
    [{ language: "ru" }, "&language=ENG"],
    [{ fontSize: 100 }, "&fs=font-size-100"],
    [{ fontSize: 125 }, "&fs=font-size-125"],
    [{ contrast: "black-on-yellow" }, "&bm=black-on-yellow"],
    [
      { language: "en", fontSize: 150, contrast: "yellow-on-black" },
      "&bm=yellow-on-black&fs=font-size-150&language=ENG"
    ]
  ])("with %j gets what the guide names: %s", (look, added) => {
    assert.strictEqual(redirectUrl(link, look, "live"), link + added)
  })

  it.each([
    ["https://mm.example/p", "https://mm.example/p?language=LAT"],
    ["https://mm.example/p?", "https://mm.example/p?language=LAT"],
    ["https://mm.example/p?a=%20b&", "https://mm.example/p?a=%20b&language=LAT"],
    ["https://mm.example/p?a=1#top", "https://mm.example/p?a=1&language=LAT#top"],
    ["https://mm.example/p#top?x", "https://mm.example/p?language=LAT#top?x"],
    ["https://mm.example/p?language=ENG", "https://mm.example/p?language=ENG"]
  ])("%s becomes %s", (given, expected) => {
    assert.strictEqual(redirectUrl(given, { language: "lv" }, "test"), expected)
  })

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//mm.example/",
    "",
    "https://u:p@mm.example/",
    "https://mm.example/ x"
  ])("%j is nowhere to send a payer, in no environment", (given) => {
    for (const environment of ["sandbox", "test", "live"] as const) {
      assert.isUndefined(redirectUrl(given, { language: "lv" }, environment))
    }
  })

  it("may be plain http to this machine's own sandbox only", () => {
    assert.isUndefined(redirectUrl("http://mm.example/p?id=1", {}, "sandbox"))
    assert.isUndefined(redirectUrl("http://127.0.0.1.mm.example/p?id=1", {}, "sandbox"))
    const plain = "http://127.0.0.1:8080/p?id=1"
    assert.strictEqual(redirectUrl(plain, {}, "sandbox"), plain)
    assert.isUndefined(redirectUrl(plain, {}, "test"))
    assert.isUndefined(redirectUrl(plain, {}, "live"))
  })
})
