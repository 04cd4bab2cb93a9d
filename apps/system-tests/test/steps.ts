// Short words for what histories are made of.
import { isPaymentError, type Observed, PaymentError, type Store, type StoreTransaction } from "@maksa/core"
import * as Effect from "effect/Effect"
import { notice } from "./fakeProvider.ts"
import { type Harness, order } from "./harness.ts"

export const eur = (minorUnits: string, currency = "EUR") => ({ minorUnits, currency })
export const says = (h: Harness, about: string, claim: object, at: number, n = 0) =>
  h.send("/webhooks/fake", notice({ about, says: claim, at, n }))
export const got = (minor: string) => ({ _tag: "received", amount: eur(minor) })
export const failing = (reason: PaymentError["reason"]) =>
  Effect.fail(new PaymentError({ operation: "create", reason }))
export const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "none",
    (cause: unknown) => (isPaymentError(cause) ? cause.reason._tag : "not a PaymentError")
  )
export const again = (paymentId: string, key: string) => {
  const { merchantReference: _reference, amount: _amount, ...rest } = order({ paymentId, idempotencyKey: key })
  return rest as never
}
export const creates = (h: Harness) => h.script.calls.filter((call) => call.verb === "create").length
export const statuses = (h: Harness) => h.script.calls.filter((call) => call.verb === "status").length
export const answering = (h: Harness, ...observed: ReadonlyArray<Observed>) => {
  h.script.status = () => Effect.succeed(observed)
}
export const later = async (h: Harness, millis: number) => {
  h.clock.value += millis
  await h.payments.runDue()
}
export const repayment = (paymentId: string, minorUnits: bigint, more: object = {}) => ({
  paymentId,
  idempotencyKey: `back-${minorUnits}`,
  amount: { minorUnits, currency: "EUR" },
  by: "clerk",
  reason: "Too much.",
  ...more
})

/** Paths under the base URL that the adapter got with its `index`th `create`. */
export const pathsOf = (h: Harness, index = 0) => {
  const call = h.script.calls.filter(({ verb }) => verb === "create")[index]
  if (call === undefined) throw new Error("nothing was created")
  const { urls } = call.input as {
    readonly urls: { readonly webhook: string; readonly return: string; readonly next: string }
  }
  const path = (url: string) => new URL(url).pathname.replace("/maksa", "")
  return { webhook: path(urls.webhook), return: path(urls.return), next: path(urls.next) }
}
/** A notice that proves nothing, under the token that only the provider's server knows. */
export const hint = (h: Harness, index = 0) =>
  h.send(pathsOf(h, index).webhook, notice({ says: { _tag: "working" }, trust: "hint" }))

/** A store whose method `name` rejects whenever `fails` says so of its arguments. */
export const storeFailing =
  (name: keyof StoreTransaction, fails: (...args: ReadonlyArray<unknown>) => boolean) =>
  (store: Store): Store => {
    const over = (tx: StoreTransaction): StoreTransaction =>
      new Proxy(tx, {
        get: (target, property) => {
          const value: unknown = Reflect.get(target, property, target)
          if (typeof value !== "function") return value
          return (...args: ReadonlyArray<unknown>): unknown =>
            property === name && fails(...args) ? Promise.reject(new Error("busy")) : Reflect.apply(value, target, args)
        }
      })
    return {
      transact: (unit) => store.transact((tx) => unit(over(tx))),
      keyedDigest: (purpose, data) => store.keyedDigest(purpose, data),
      close: () => store.close()
    }
  }
