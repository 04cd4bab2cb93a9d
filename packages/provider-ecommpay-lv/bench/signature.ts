/**
 * How fast callbacks are verified and bodies are signed, as ratios of work per second within one process: against the
 * floor that no verifier can avoid (JSON.parse, one HMAC, one comparison) and against the provider's npm SDK.
 *
 * Run with `node --conditions=@maksa/source bench/signature.ts`.
 */
import { createHmac, timingSafeEqual } from "node:crypto"
import { createRequire } from "node:module"
import { type Figure, figure } from "../../../bench/figure.ts"
import { canonicalize, readSigned, sign, verify } from "../src/signature.ts"

type Sdk = {
  readonly Callback: new (secret: string, data: string) => { isPaymentSuccess(): boolean }
  readonly signer: (body: object, secret: string) => string
  readonly Payment: new (projectId: number, secret: string, parameters: object) => { getUrl(): string }
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

/** A link to Payment Page: the parameters of this method without personal fields, as both would send them. */
const page = {
  payment_id: "att_01hv3k5m7n9p1q3r5s7t9v0w2x",
  payment_amount: "1200",
  payment_currency: "EUR",
  payment_description: "Nodeva LV-2026-17",
  customer_id: "5f2b8a0c4d1e9f7a3b6c8d2e4f1a9b7c",
  force_payment_method: "online-latvian-banks",
  best_before: "2026-12-01T13:00:00+00:00",
  language_code: "lv",
  merchant_callback_url: "https://agency.example/webhooks/ecommpay-lv/4567",
  redirect_success_url: "https://agency.example/return/ecommpay-lv/0123",
  redirect_fail_url: "https://agency.example/return/ecommpay-lv/0123",
  merchant_return_url: "https://agency.example/return/ecommpay-lv/0123"
}
const sdkUrl = (): void => must(new sdk.Payment(200, secret, page).getUrl().length > 500)
const ourUrl = (): void => {
  const parameters = { project_id: "200", interface_type: '{"id":22}', ...page }
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const signature = encodeURIComponent(sign(parameters, secret))
  must(`https://paymentpage.ecommpay.com/payment?${query.join("&")}&signature=${signature}`.length > 500)
}
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

const works = { floorVerify, sdkVerify, ourVerify, ourRead, floorSign, sdkSign, ourSign, sdkUrl, ourUrl }
type Work = keyof typeof works

const goals: ReadonlyArray<readonly [id: string, ours: Work, base: Work, goal: number]> = [
  ["signature-verify-of-floor", "ourVerify", "floorVerify", 0.75],
  ["signature-verify-of-sdk", "ourVerify", "sdkVerify", 2],
  ["signature-read-of-sdk", "ourRead", "sdkVerify", 1.2],
  ["signature-sign-of-floor", "ourSign", "floorSign", 0.4],
  ["signature-sign-of-sdk", "ourSign", "sdkSign", 2],
  ["signature-page-url-of-sdk", "ourUrl", "sdkUrl", 1.3]
]

const measured = (): ReadonlyMap<string, number> =>
  new Map(Object.entries(works).map(([name, work]) => [name, perSecond(work, MILLIS)]))

/** Runs all rounds, interleaved, and gives one figure per goal. Takes about fifteen seconds. */
export const run = (): Promise<ReadonlyArray<Figure>> => {
  measured()
  const rounds = Array.from({ length: ROUNDS }, measured)
  const of = (rates: ReadonlyMap<string, number>, name: Work): number => rates.get(name) ?? Number.NaN
  return Promise.resolve(
    goals.map(([id, ours, base, goal]) =>
      figure(
        id,
        rounds.map((rates) => of(rates, ours) / of(rates, base)),
        goal
      )
    )
  )
}

if (import.meta.main) {
  for (const { goal, id, max, min, ratio } of await run()) {
    console.log(`${id}  ${ratio.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}, goal ${goal})`)
  }
}
