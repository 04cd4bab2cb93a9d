import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { makeXmlReader } from "../../src/internal/xml/parse.ts"
import { makeElementCutter } from "../../src/internal/sts/cutElement.ts"
import { readIssuedToken } from "../../src/internal/sts/issuedToken.ts"
import { readReply } from "../../src/internal/sts/reply.ts"
import { assertion, issued } from "../support/sts.ts"

/** mulberry32: the same seed, the same story. */
const randomOf = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pieces = [
  "<",
  ">",
  "/>",
  "</",
  "&",
  "&#x0;",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  "<?x",
  "xmlns:s='urn:q'",
  "xmlns=''",
  "ā🙂",
  "\u0000",
  "\r\n",
  '"',
  "Assertion",
  "t:",
  "<A/>"
]

/** A message with a few things put in, taken out or moved. */
const broken = (text: string, random: (below: number) => number): string => {
  let result = text
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(result.length + 1)
    const length = random(40)
    const kind = random(3)
    const put = kind === 0 ? (pieces[random(pieces.length)] ?? "") : kind === 1 ? "" : result.slice(at, at + length)
    result = result.slice(0, at) + put + result.slice(kind === 0 ? at : at + length)
    if (kind === 2) result += put
  }
  return result
}

const seed = Number(process.env["MAKSA_FUZZ_SEED"] ?? "20261122")
const rounds = 8_000

describe("any text in place of an answer", () => {
  it(`is a token or a refusal, never an accident (seed ${seed})`, async () => {
    const [readXml, cut] = await Effect.runPromise(Effect.all([makeXmlReader, makeElementCutter]))
    const random = randomOf(seed)
    const whole = issued({
      token: assertion("_1"),
      header: '<a:RelatesTo>m</a:RelatesTo><o:Security s:mustUnderstand="1"/>'
    })
    let tokens = 0
    for (let round = 0; round < rounds; round++) {
      const text = broken(whole, random)
      const found = Result.gen(function* () {
        const reply = yield* readReply(yield* readXml(text), "m")
        return reply._tag === "Fault"
          ? undefined
          : yield* readIssuedToken(text, reply.content, "bearer", { readXml, cut })
      })
      if (Result.isFailure(found) || found.success === undefined) continue
      tokens++
      // What is taken for a token is a piece of what came, and an assertion by itself.
      const token = Redacted.value(found.success.assertion)
      assert.include(text, token, `round ${round}`)
      assert.isTrue(Result.isSuccess(readXml(token)), `round ${round}`)
    }
    // Some of the damage is in places that mean nothing.
    assert.isAbove(tokens, rounds / 100)
    assert.isBelow(tokens, rounds / 2)
  })
})
