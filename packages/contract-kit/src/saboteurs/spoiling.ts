// Ways to wrap a sound contract, by the port alone: a saboteur knows no provider's wire.
import type {
  AnyProvider,
  ExtraName,
  Manifest,
  Observed,
  PaymentError,
  PaymentErrorReason,
  RepaymentObserved
} from "@maksa/core"
import { PaymentError as PaymentErrorClass } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { SandboxDriver } from "../provider/SandboxDriver.ts"
import type { ProviderContract } from "../provider/ProviderContract.ts"
import type { Saboteur } from "./Saboteur.ts"

type Opened = Effect.Success<AnyProvider["make"]>

/** An opened adapter whose verbs may be taken apart. */
export type SoundAdapter = { readonly [K in "create" | "status" | "receipt" | "webhook"]: Opened[K] } & {
  readonly [K in ExtraName | "repaymentStatus"]?: Opened[K]
}

type Spoil = Saboteur["spoil"]

/** The same object with some members replaced, whatever it is made of; a member that is `undefined` is gone. */
export const replaced = <T extends object>(right: T, members: { readonly [K in keyof T]?: T[K] | undefined }): T =>
  new Proxy(right, {
    get: (target, name) => {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name) as unknown
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === "function" ? (value.bind(target) as unknown) : value
    },
    has: (target, name) => (Object.hasOwn(members, name) ? Reflect.get(members, name) !== undefined : name in target)
  })

/** Every provider that the contract makes, spoiled: also those with broken credentials. */
export const spoilProvider =
  (spoil: (right: AnyProvider, driver: SandboxDriver, contract: ProviderContract) => AnyProvider): Spoil =>
  (contract) => ({
    ...contract,
    make: (driver) => spoil(contract.make(driver), driver, contract),
    ...(contract.defects === undefined
      ? {}
      : {
          defects: Object.fromEntries(
            Object.entries(contract.defects).map(([name, make]) => [
              name,
              (driver: SandboxDriver) => spoil(make(driver), driver, contract)
            ])
          )
        })
  })

/** Some verbs of the adapter, spoiled. `right` is the sound adapter under it. */
export const spoilAdapter = (
  spoil: (
    right: SoundAdapter,
    about: { readonly driver: SandboxDriver; readonly contract: ProviderContract; readonly provider: AnyProvider }
  ) => { readonly [K in keyof SoundAdapter]?: SoundAdapter[K] | undefined }
): Spoil =>
  spoilProvider((provider, driver, contract) => ({
    ...provider,
    make: Effect.map(provider.make, (right) =>
      replaced(right, spoil(replaced(right, {}), { driver, contract, provider }))
    )
  }))

/** Another manifest; the adapter stays as it was. */
export const spoilManifest = (spoil: (right: Manifest) => Manifest): Spoil =>
  spoilProvider((provider) => ({ ...provider, manifest: spoil(provider.manifest) }))

/** Some members of the driver, spoiled. */
export const spoilDriver =
  (spoil: (right: SandboxDriver) => { readonly [K in keyof SandboxDriver]?: SandboxDriver[K] | undefined }): Spoil =>
  (contract) => ({
    ...contract,
    driver: async () => {
      const right = await contract.driver()
      return replaced(right, spoil(right))
    }
  })

/** Where an adapter may say something of a payment. */
export type Source = "create" | "status" | "webhook" | "resume" | "withdraw" | "list"

type Tell = (right: Observed, source: Source) => Observed | undefined

type TellOfRepayment = (right: RepaymentObserved) => RepaymentObserved | undefined

const retoldBy =
  (tell: TellOfRepayment) =>
  <O extends RepaymentObserved>(observed: ReadonlyArray<O>): ReadonlyArray<O> =>
    observed.flatMap((one) => {
      const told = tell(one)
      // `tell` changes members and keeps the others.
      return told === undefined ? [] : [{ ...one, ...told }]
    })

/** Everything that an adapter says of repayments, said otherwise; of what it leaves out `undefined`. */
export const retellRepayments = (tell: TellOfRepayment): Spoil =>
  spoilAdapter(({ payout, refund, repaymentStatus, webhook }) => ({
    refund: refund && ((attempt, back) => Effect.map(refund(attempt, back), retoldBy(tell))),
    payout: payout && ((attempt, out) => Effect.map(payout(attempt, out), retoldBy(tell))),
    repaymentStatus: repaymentStatus && ((attempt, back) => Effect.map(repaymentStatus(attempt, back), retoldBy(tell))),
    webhook: (inbound) =>
      Effect.map(webhook(inbound), (verdict) => ({
        ...verdict,
        ...(verdict.repayments === undefined ? {} : { repayments: retoldBy(tell)(verdict.repayments) })
      }))
  }))

/** Everything that an adapter says of payments, said otherwise by what is made for each adapter that opens. */
export const retellAnew = (make: () => Tell, only?: ReadonlyArray<Source>): Spoil =>
  spoilAdapter(({ create, list, resume, status, webhook, withdraw }) => {
    const tell = make()
    const retold = <O extends Observed>(observed: ReadonlyArray<O>, source: Source): ReadonlyArray<O> =>
      only !== undefined && !only.includes(source)
        ? observed
        : observed.flatMap((one) => {
            const told = tell(one, source)
            // `tell` changes members and keeps the others, also those that only this source has.
            return told === undefined ? [] : [told as O]
          })
    return {
      create: (input) => Effect.map(create(input), (observed) => retold(observed, "create")),
      status: (attempt) => Effect.map(status(attempt), (observed) => retold(observed, "status")),
      webhook: (inbound) =>
        Effect.map(webhook(inbound), (verdict) => ({
          ...verdict,
          observations: retold(verdict.observations, "webhook")
        })),
      resume: resume && ((attempt, input) => Effect.map(resume(attempt, input), (found) => retold(found, "resume"))),
      withdraw: withdraw && ((attempt) => Effect.map(withdraw(attempt), (found) => retold(found, "withdraw"))),
      list:
        list &&
        ((span) =>
          Effect.map(list(span), (found) =>
            found.map((one) => ({ ...one, observations: retold(one.observations, "list") }))
          ))
    }
  })

/** Everything that the adapter says of payments, said otherwise; `undefined` is not said at all. */
export const retell = (tell: Tell, only?: ReadonlyArray<Source>): Spoil => retellAnew(() => tell, only)

type Tag = PaymentErrorReason["_tag"]

/** The same error with another reason. */
export const because = (error: PaymentError, reason: PaymentErrorReason): PaymentError =>
  new PaymentErrorClass({
    operation: error.operation,
    reason,
    ...(error.instance === undefined ? {} : { instance: error.instance }),
    ...(error.paymentId === undefined ? {} : { paymentId: error.paymentId })
  })

/** Errors of one reason that become another one, in some verbs. */
export const misnamed = (from: Tag, verbs: ReadonlyArray<"create" | "status">, to: () => PaymentErrorReason): Spoil => {
  const rename = (error: PaymentError) => (error.reason._tag === from ? because(error, to()) : error)
  return spoilAdapter(({ create, status }) => ({
    ...(verbs.includes("create")
      ? { create: (input: Parameters<typeof create>[0]) => Effect.mapError(create(input), rename) }
      : {}),
    ...(verbs.includes("status")
      ? { status: (attempt: Parameters<typeof status>[0]) => Effect.mapError(status(attempt), rename) }
      : {})
  }))
}

/** Keeps what it knows of payments in memory, which ends with the program; of others it `says` this. */
export const knowsItsOwnLife = (says: Observed["says"]): Saboteur["spoil"] =>
  spoilAdapter(({ create, status }) => {
    const known = new Set<string>()
    return {
      create: (input) => {
        known.add(input.attemptId)
        return create(input)
      },
      status: (attempt) =>
        known.has(attempt.attemptId) ? status(attempt) : Effect.succeed([{ says, trust: "proven" }])
    }
  })
