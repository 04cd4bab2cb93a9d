// What a call must not do again and again. Counted, because times say little on a busy machine.
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { SaxesParser } from "saxes"
import { afterEach, assert, describe, it } from "vitest"

import { id, paths, replyTo } from "../bench/replies.ts"
import { vissMm } from "../src/index.ts"
import { decoder } from "../src/internal/soap/decode.ts"
import { bundledWsdl, openWsdl } from "../src/internal/soap/openWsdl.ts"
import { serialiser } from "../src/internal/soap/serialise.ts"
import { planCalls } from "../src/internal/x509/callPlans.ts"
import { answering } from "./support/answering.ts"
import { attempt, createInput, run } from "./support/mm.ts"
import { certificatePem, keyPem, makeIdentity } from "./support/pki.ts"
import { readXml } from "./support/soap.ts"

const calls = 20

/** The same value, each reading of which is counted however deep inside. */
const watched = <A extends object>(value: A): { readonly value: A; readonly reads: () => number } => {
  let reads = 0
  const known = new WeakMap<object, object>()
  const watch = (one: object): object => {
    const proxy =
      known.get(one) ??
      new Proxy(one, {
        get: (target, name, receiver) => {
          reads++
          const found: unknown = Reflect.get(target, name, receiver)
          return typeof found === "object" && found !== null ? watch(found) : found
        }
      })
    known.set(one, proxy)
    return proxy
  }
  return { value: watch(value) as A, reads: () => reads } // a proxy has the type of its target
}

let restore: Array<() => void> = []
afterEach(() => {
  for (const one of restore) one()
  restore = []
})

/** Counts the calls of a method. */
const counted = (owner: object, method: string): (() => number) => {
  let count = 0
  const real: unknown = Reflect.get(owner, method)
  if (typeof real !== "function") assert.fail(`no method ${method}`)
  const counting = new Proxy(real, {
    apply: (target, self, args) => {
      count++
      return Reflect.apply(target, self, args) as unknown
    },
    construct: (target, args) => {
      count++
      return Reflect.construct(target, args) as object // what a constructor gives
    }
  })
  Reflect.set(owner, method, counting)
  restore.push(() => void Reflect.set(owner, method, real))
  return () => count
}

const open = async () => {
  const identity = makeIdentity("Work")
  const base = "https://127.0.0.1:9"
  const { layer, requests } = answering(({ headers, url }) => ({
    body: replyTo(url.pathname, headers["soapaction"] ?? "")?.toString() ?? ""
  }))
  const provider = vissMm({
    environment: "sandbox",
    credentials: { pem: certificatePem(identity) + keyPem(identity) },
    endpoints: { paymentRequestService: base + paths.soap, invoices: base + paths.invoices }
  })
  return { adapter: await run(provider.make.pipe(Effect.scoped, Effect.provide(layer))), requests }
}

describe("a call", () => {
  it("looks at neither the WSDL nor, to write its request, the plan that was made of it", async () => {
    const wsdl = watched(await run(openWsdl(bundledWsdl)))
    const plans = Result.getOrThrow(planCalls(wsdl.value, undefined))
    const plan = watched(plans.status.plan)
    const write = serialiser(plan.value)
    const read = decoder(plans.status.plan)
    const before = [wsdl.reads(), plan.reads()]
    assert.isTrue(before.every((reads) => reads > 0))
    for (let count = 0; count < calls; count++) {
      assert.isTrue(Result.isSuccess(write({ paymentRequestId: id })))
      const reply = readXml(replyTo(paths.soap, plans.status.plan.soapAction) ?? "")
      assert.isTrue(Result.isSuccess(Result.flatMap(reply, read)))
    }
    assert.deepStrictEqual([wsdl.reads(), plan.reads()], before)
  })

  it("captures no stack, asks for the time zone once an hour, and leaves the full XML parser alone", async () => {
    const { adapter, requests } = await open()
    const known = attempt({ providerReference: id })
    const deadline = Date.UTC(2031, 6, 1, 9, 59, 59)
    const stacks = counted(globalThis, "Error")
    const zones = counted(Intl.DateTimeFormat.prototype, "formatToParts")
    const parsed = counted(SaxesParser.prototype, "write")
    for (let count = 0; count < calls; count++) {
      assert.lengthOf(await run(adapter.create(createInput({ deadline: deadline - count * 60_000 }))), 1)
      assert.lengthOf(await run(adapter.status(known)), 1)
    }
    assert.strictEqual(requests.length, 2 * calls)
    assert.deepStrictEqual({ stacks: stacks(), zones: zones(), parsed: parsed() }, { stacks: 0, zones: 1, parsed: 0 })
  })

  it("has the headers and the address that all calls of its operation have", async () => {
    const { adapter, requests } = await open()
    const known = attempt({ providerReference: id })
    await run(adapter.status(known))
    await run(adapter.status(known))
    const [first, second] = requests
    assert.strictEqual(first?.headers, second?.headers)
    assert.strictEqual(first?.url, second?.url)
  })
})
