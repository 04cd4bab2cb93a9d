/**
 * How fast callbacks are verified and bodies are signed, as ratios of work per second within one process: against the
 * floor that no verifier can avoid (JSON.parse, one HMAC, one comparison) and against the provider's npm SDK.
 *
 * Run with `node --conditions=@maksa/source bench/signature.ts`.
 */
import { createHmac, timingSafeEqual } from "node:crypto"
import { createRequire } from "node:module"
import { canonicalize, readSigned, sign, verify } from "../src/signature.ts"

/** A figure: `ratio` is the median over the rounds, reached when it is at least `goal`. */
export interface Figure {
  readonly id: string
  readonly ratio: number
  readonly min: number
  readonly max: number
  readonly goal: number
}

type Sdk = {
  readonly Callback: new (secret: string, data: string) => { isPaymentSuccess(): boolean }
  readonly signer: (body: object, secret: string) => string
}
const load = createRequire(import.meta.url)
const sdk: Sdk = load("ecommpay")

const secret = "bench-secret-of-ordinary-length"

const unsigned = {
  project_id: 200,
  payment: {
    id: "abc12345",
    type: "purchase",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    method: "Latvian Banks",
    sum: { amount: 1000, currency: "EUR" },
    description: "Fee"
  },
  customer: { id: "123" },
  operation: {
    id: 9529253065607,
    type: "sale",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    created_date: "2026-03-20T14:22:00+0000",
    request_id: "f1de353331a01fd14163fe4226-00009530",
    sum_initial: { amount: 1000, currency: "EUR" },
    sum_converted: { amount: 1000, currency: "EUR" },
    code: "0",
    message: "Success",
    provider: { id: 1914, payment_id: "", auth_code: "" }
  }
}
const signature = sign(unsigned, secret)
const raw = Buffer.from(JSON.stringify({ ...unsigned, signature }))
const canonical = canonicalize(unsigned)

const must = (isTrue: boolean): void => {
  if (!isTrue) throw new Error("the benchmark's callback did not verify")
}

const floorVerify = (): void => {
  const body: { readonly signature: string } = JSON.parse(raw.toString("utf8"))
  const mac = createHmac("sha512", secret).update(raw).digest("base64")
  // The floor signs the raw body, so that only the cost of the comparison counts here, not its result.
  must(!timingSafeEqual(Buffer.from(mac, "latin1"), Buffer.from(body.signature, "latin1")))
}
const floorSign = (): void => must(createHmac("sha512", secret).update(canonical).digest("base64").length === 88)
const sdkVerify = (): void => must(new sdk.Callback(secret, raw.toString("utf8")).isPaymentSuccess())
const sdkSign = (): void => must(sdk.signer(unsigned, secret) === signature)
const ourVerify = (): void => must(verify(raw, [secret]))
const ourRead = (): void => must(readSigned(raw, [secret]).verified)
const ourSign = (): void => must(sign(unsigned, secret) === signature)

const perSecond = (work: () => void, forMillis: number): number => {
  const start = performance.now()
  let count = 0
  let now = start
  while (now < start + forMillis) {
    for (let i = 0; i < 100; i++) work()
    count += 100
    now = performance.now()
  }
  return (count * 1000) / (now - start)
}

const ROUNDS = 11
const MILLIS = 120

const works = { floorVerify, sdkVerify, ourVerify, ourRead, floorSign, sdkSign, ourSign }
type Work = keyof typeof works
const names: ReadonlyArray<Work> = [
  "floorVerify",
  "sdkVerify",
  "ourVerify",
  "ourRead",
  "floorSign",
  "sdkSign",
  "ourSign"
]

const goals: ReadonlyArray<readonly [id: string, ours: Work, base: Work, goal: number]> = [
  ["signature-verify-of-floor", "ourVerify", "floorVerify", 0.6],
  ["signature-verify-of-sdk", "ourVerify", "sdkVerify", 1.5],
  ["signature-read-of-sdk", "ourRead", "sdkVerify", 1.2],
  ["signature-sign-of-floor", "ourSign", "floorSign", 0.4],
  ["signature-sign-of-sdk", "ourSign", "sdkSign", 1.2]
]

/** Runs all rounds, interleaved, and gives one figure per goal. Takes about ten seconds. */
export const run = async (): Promise<Array<Figure>> => {
  for (const name of names) perSecond(works[name], MILLIS)
  const rounds = Array.from({ length: ROUNDS }, () => {
    const rates: Record<Work, number> = {
      floorVerify: 0,
      sdkVerify: 0,
      ourVerify: 0,
      ourRead: 0,
      floorSign: 0,
      sdkSign: 0,
      ourSign: 0
    }
    for (const name of names) rates[name] = perSecond(works[name], MILLIS)
    return rates
  })
  return goals.map(([id, ours, base, goal]) => {
    const ratios = rounds.map((rates) => rates[ours] / rates[base]).toSorted((a, b) => a - b)
    return { id, ratio: ratios[ROUNDS >> 1] ?? 0, min: ratios[0] ?? 0, max: ratios.at(-1) ?? 0, goal }
  })
}

if (import.meta.main) {
  for (const figure of await run()) {
    const { id, ratio, min, max, goal } = figure
    console.log(`${id}  ${ratio.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}, goal ${goal})`)
  }
}
