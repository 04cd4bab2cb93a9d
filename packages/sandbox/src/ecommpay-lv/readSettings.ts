import { parseDuration } from "../kernel/Clock.ts"
import { banks, largestAmount } from "./Banks.ts"
import { badInput } from "../kernel/ControlError.ts"
import type { CallbackFormat, PayoutSettings, ProjectSettings } from "./ProjectSettings.ts"

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

type Reader<A> = (value: unknown, name: string, before: A) => A

const text: Reader<string> = (value, name) => {
  if (typeof value !== "string") throw badInput(`${name} must be a text`)
  return value
}

const flag: Reader<boolean> = (value, name) => {
  if (typeof value !== "boolean") throw badInput(`${name} must be true or false`)
  return value
}

const oneOf =
  <const A>(...allowed: ReadonlyArray<A>): Reader<A> =>
  (value, name) => {
    const found = allowed.find((one) => one === value)
    if (found === undefined) throw badInput(`${name} must be one of ${allowed.join(", ")}`)
    return found
  }

const duration: Reader<string> = (value, name) => {
  const iso = text(value, name, "")
  try {
    parseDuration(iso)
  } catch {
    throw badInput(`${name} must be an ISO 8601 duration such as P7D`)
  }
  return iso
}

const url: Reader<string> = (value, name) => {
  const address = text(value, name, "")
  if (address !== "" && !/^https?:\/\/./.test(address)) throw badInput(`${name} must be an http or https address`)
  return address
}

const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (value, name) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
      throw badInput(`${name} must be a whole number from ${least} to ${most}`)
    }
    return value
  }

const cents: Reader<number> = wholeNumber(1, Number.MAX_SAFE_INTEGER)

const texts: Reader<ReadonlyArray<string>> = (value, name) => {
  if (!Array.isArray(value)) throw badInput(`${name} must be a list of texts`)
  return value.map((item) => text(item, name, ""))
}

const bankIds: Reader<ReadonlyArray<number>> = (value, name) => {
  if (!Array.isArray(value)) throw badInput(`${name} must be a list of bank ids`)
  return value.map((id: unknown) => oneOf(...banks.map((bank) => bank.id))(id, name, 0))
}

const limits: Reader<Readonly<Record<string, number>>> = (value, name) => {
  if (!isObject(value)) throw badInput(`${name} must be an object of sums by bank id`)
  bankIds(Object.keys(value).map(Number), name, [])
  return Object.fromEntries(Object.entries(value).map(([id, sum]) => [id, cents(sum, `${name}.${id}`, 0)]))
}

type Readers<A> = { readonly [K in keyof A]-?: Reader<A[K]> }

const apply = <A extends object>(readers: Readers<A>, before: A, patch: unknown, where: string): A => {
  if (!isObject(patch)) throw badInput(`${where} must be an object`)
  const unknown = Object.keys(patch).find((name) => !Object.hasOwn(readers, name))
  if (unknown !== undefined) throw badInput(`unknown setting ${where}.${unknown}`)
  const after = { ...before }
  for (const key in readers) {
    if (Object.hasOwn(patch, key)) after[key] = readers[key](patch[key], `${where}.${key}`, before[key])
  }
  return after
}

const formatReaders: Readers<CallbackFormat> = {
  nulls: flag,
  longLists: flag,
  emptyObjects: oneOf("list", "object"),
  errorCodes: oneOf("texts", "numbers"),
  redirectKey: oneOf("redirect_data", "redirect", "redirectData"),
  omit: texts,
  extraMembers: flag,
  signatureIn: oneOf("root", "general")
}

const payoutReaders: Readers<PayoutSettings> = {
  path: (value, name) => {
    const path = text(value, name, "")
    if (!/^\/v2\/[\w/-]+\/payout$/.test(path)) throw badInput(`${name} must begin with /v2/ and end in /payout`)
    return path
  },
  customerFields: texts,
  verification: oneOf("match", "mismatch", "unavailable"),
  verificationKept: duration,
  lowBalanceCode: oneOf("3028", "504", "20504"),
  duration,
  retries: wholeNumber(0, 12)
}

const readers: Readers<ProjectSettings> = {
  callbackUrl: url,
  returnUrl: url,
  payee: text,
  iban: text,
  confirmation: oneOf("off", "decline", "reversal"),
  confirmationDelay: duration,
  consentRequired: flag,
  consentText: text,
  consentRefusal: oneOf("waits", "declines"),
  namesRequired: flag,
  ibanBanks: bankIds,
  consentBanks: bankIds,
  widgetBanks: bankIds,
  clarificationTime: duration,
  redirectVariant: oneOf(1, 2),
  pageAttempts: wholeNumber(1, 100),
  pageAttemptsTime: duration,
  redirectMethod: oneOf("GET", "POST"),
  callbackFormat: (value, name, before) => apply(formatReaders, before, value, name),
  ipWhitelist: texts,
  semanticErrors: oneOf("callback", "answer"),
  duplicateError: oneOf("answer", "callback"),
  duplicateCode: oneOf("3041", "3613"),
  paymentIdBlanks: oneOf("refuse", "trim"),
  isAcceptanceSigned: flag,
  statusAfter: duration,
  processingDelay: duration,
  abandonedAfter: duration,
  confirmationNotices: oneOf("both", "sale", "confirmation"),
  reversalNoticeStatus: oneOf("processing", "awaiting confirmation"),
  bankListEnvelope: oneOf("array", "object"),
  bankLimitNames: oneOf("blank", "camel", "snake"),
  bankLimitMinor: cents,
  bankLimits: limits,
  payouts: (value, name, before) => apply(payoutReaders, before, value, name),
  balanceMinor: wholeNumber(-Number(largestAmount), Number(largestAmount)),
  dataApiNumbers: oneOf("numbers", "texts")
}

/** Applies the body of a PATCH; unknown or impossible settings are refused by name and change nothing. */
export const patchSettings = (before: ProjectSettings, patch: unknown): ProjectSettings =>
  apply(readers, before, patch, "settings")
