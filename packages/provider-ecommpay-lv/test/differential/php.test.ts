// PHP sorts and signs in its own way, and the provider's reference signer is written in it: what PHP makes of random bodies
// of documented shapes must be what we make of them. MAKSA_ECOMMPAY_PHP_SDK=<folder of the official PHP SDK> asks that SDK.
import * as fc from "fast-check"
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import { sign } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"
import { documentedBodies } from "./documentedBodies.ts"

const secret = "differential-secret"
const script = fileURLToPath(new URL("sign.php", import.meta.url))
const isHere = spawnSync("php", ["-r", "echo 'ready';"], { encoding: "utf8" }).stdout === "ready"
const isSkipped = !isHere && process.env["MAKSA_REQUIRE_PHP"] !== "1"
if (isSkipped) process.stdout.write("PHP as a second signer: skipped, it is not installed here\n")

const signedByPhp = (bodies: ReadonlyArray<SignableObject>): ReadonlyArray<string> => {
  const sdk = process.env["MAKSA_ECOMMPAY_PHP_SDK"] ?? ""
  const input = bodies.map((body) => `${JSON.stringify(body)}\n`).join("")
  const { status, stderr, stdout } = spawnSync("php", [script, secret, sdk], { encoding: "utf8", input })
  assert.strictEqual(status, 0, stderr)
  return stdout.trimEnd().split("\n")
}

/**
 * Names that natural order is hard on: digits, zeros, signs, capitals, letters beyond ASCII. But for whole numbers, which are
 * in no documented body: PHP makes integers of them, and the official SDK numbers those at the root anew.
 */
const oddName = fc
  .stringMatching(/^[a-zA-Z_.\-0-9āЖ ]{1,8}$/)
  .filter((name) => !/^-?\d+$/.test(name) && !["signature", "frame_mode", "constructor", "prototype"].includes(name))
const oddBodies = fc.dictionary(
  oddName,
  fc.oneof(fc.integer(), fc.dictionary(oddName, fc.integer(), { maxKeys: 4, noNullPrototype: true })),
  { maxKeys: 12, noNullPrototype: true }
)

describe.skipIf(isSkipped)("PHP and we", () => {
  it.each([
    ["of documented shapes", documentedBodies, 600],
    ["with odd names", oddBodies, 1500]
  ] as const)("sign random bodies %s alike", (_name, arbitrary, numRuns) => {
    // An empty object is an empty list to PHP, and both add nothing.
    const bodies = fc.sample<SignableObject>(arbitrary, { numRuns }).filter((body) => Object.keys(body).length > 0)
    const theirs = signedByPhp(bodies)
    assert.lengthOf(theirs, bodies.length)
    for (const [index, body] of bodies.entries()) {
      assert.strictEqual(sign(body, secret), theirs[index], JSON.stringify(body))
    }
  })
})
