/**
 * What large bodies cost: verifying per byte, and refusing what is over the limit, which must not wait for the bytes.
 *
 * Run with `node --conditions=@maksa/source bench/bodies.ts`.
 */
import { createPayments } from "@maksa/core"
import { sqliteStore } from "@maksa/store-sql"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Figure, figure } from "../../../bench/figure.ts"
import { ecommpayLv } from "../src/index.ts"
import { sign, verify } from "../src/signature.ts"

const secret = "bench-secret-of-ordinary-length"
const ROUNDS = 11

/** A signed callback of about as many bytes, with the members that a long list of errors has. */
const callbackOf = (bytes: number): Uint8Array => {
  const one = { code: "20101", message: "Decline due to amount or frequency limit", field: "payment.sum.amount" }
  const count = Math.round(bytes / (JSON.stringify(one).length + 1))
  const body = { payment: { id: "abc12345", status: "decline" }, errors: Array.from({ length: count }, () => one) }
  return Buffer.from(JSON.stringify({ ...body, signature: sign(body, secret) }))
}

const nanosPerByte = (raw: Uint8Array, times: number): number => {
  const start = process.hrtime.bigint()
  for (let i = 0; i < times; i++) if (!verify(raw, [secret])) throw new Error("the benchmark's callback did not verify")
  return Number(process.hrtime.bigint() - start) / times / raw.length
}

const linear = (): Figure => {
  const [small, large] = [callbackOf(10_000), callbackOf(1_000_000)]
  const ratios: Array<number> = []
  for (let round = -3; round < ROUNDS; round++) {
    const ratio = nanosPerByte(large, 2) / nanosPerByte(small, 200)
    if (round >= 0) ratios.push(ratio)
  }
  return figure("verify a byte of 1 MB / of 10 kB", ratios, 1.3, true)
}

/** Milliseconds until the answer to a callback that announces more than the limit and never sends it. */
const overLimit = async (): Promise<Figure> => {
  const directory = mkdtempSync(join(tmpdir(), "maksa-bench-"))
  const store = await sqliteStore({ file: join(directory, "maksa.sqlite"), secret: secret.padEnd(40, "-") })
  const payments = await createPayments({
    store,
    providers: [ecommpayLv({ environment: "test", projectId: 200, secrets: [secret], fundsConfirmation: "off" })],
    publicBaseUrl: "https://agency.example",
    fulfilment: { policy: "eager" },
    worker: false
  })
  const millis: Array<number> = []
  for (let round = -20; round < 10 * ROUNDS; round++) {
    const request = new Request("https://agency.example/webhooks/ecommpay-lv", {
      method: "POST",
      headers: { "content-length": "1073741824", "content-type": "application/json" },
      body: new ReadableStream(),
      duplex: "half"
    })
    const start = performance.now()
    const { status } = await payments.handler(request)
    if (status !== 413) throw new Error(`a body over the limit was answered by ${status}`)
    if (round >= 0) millis.push(performance.now() - start)
  }
  await payments.close()
  await store.close()
  rmSync(directory, { recursive: true })
  return figure("a callback over the limit is refused, milliseconds", millis, 1, true)
}

export const run = async (): Promise<ReadonlyArray<Figure>> => [linear(), await overLimit()]

if (import.meta.main) for (const one of await run()) console.log(one)
