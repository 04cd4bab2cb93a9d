// A file of its own: a hundred thousand bodies, which mutation testing leaves out.
import { assert, describe, it } from "vitest"
import { verify } from "../../src/signature.ts"
import { corpus, secret } from "./corpus.ts"

describe.each(corpus)("the signed callback: %s", (_name, make) => {
  it("is refused with any bit of any byte flipped", () => {
    const raw = make()
    const flipped = Uint8Array.from(raw)
    for (let at = 0; at < raw.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        flipped[at] = (raw[at] ?? 0) ^ (1 << bit)
        assert.isFalse(verify(flipped, [secret]), `byte ${at}, bit ${bit}`)
      }
      flipped[at] = raw[at] ?? 0
    }
    assert.isTrue(verify(flipped, [secret]))
  })

  it("is refused with any byte missing or the end cut off", () => {
    const raw = make()
    for (let at = 0; at < raw.length; at++) {
      // PHP escapes slashes, which means nothing.
      const isMeaningless = raw[at] === 0x5c && raw[at + 1] === 0x2f
      assert.strictEqual(
        verify(Uint8Array.from([...raw.subarray(0, at), ...raw.subarray(at + 1)]), [secret]),
        isMeaningless
      )
      assert.isFalse(verify(raw.subarray(0, at), [secret]))
    }
  })
})
