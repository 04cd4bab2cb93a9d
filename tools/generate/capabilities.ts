// Writes docs/generated/capabilities.md from the manifests of the providers: `node tools/generate/capabilities.ts`.
import type { Manifest } from "@maksa/core"
import { listingManifest, manifest as ecommpayLv } from "@maksa/provider-ecommpay-lv"
import { manifest as vissMm, paymentApiManifest, portalAsyncManifest } from "@maksa/provider-viss-mm"
import { isProgram, write } from "./write.ts"

/** One column for each way to reach a provider that changes what it can do. */
const columns: ReadonlyArray<readonly [name: string, manifest: Manifest]> = [
  ["`viss-mm`", vissMm],
  ["`viss-mm`, `payment-api`", paymentApiManifest],
  ["`viss-mm`, `portal`, `sync`", vissMm],
  ["`viss-mm`, `portal`, `async`", portalAsyncManifest],
  ["`ecommpay-lv`", ecommpayLv],
  ["`ecommpay-lv`, `dataApi`", listingManifest]
]

const duration = (seconds: number): string => {
  if (seconds === 0) return "none"
  const units = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"]
  ] as const
  const [size, name] = units.find(([unit]) => seconds % unit === 0) ?? [1, "second"]
  const count = seconds / size
  return `${count} ${name}${count === 1 ? "" : "s"}`
}

const list = (values: ReadonlyArray<string>): string => (values.length === 0 ? "none" : values.join(", "))
const extra = (declared: Manifest["extras"][keyof Manifest["extras"]]): string => {
  if (typeof declared === "boolean") return declared ? "yes" : "no"
  if ("by" in declared) return `yes, by ${declared.by}`
  return "partial" in declared
    ? `yes${declared.partial ? ", in parts" : ", whole only"}, ${declared.windowDays} days`
    : `yes (${list(declared.currencies)})`
}
const proof = (seconds: number | false): string => (seconds === false ? "nothing" : `after ${duration(seconds)}`)
const minor = (value: bigint): string => value.toString().replace(/\B(?=(?:\d{3})+$)/g, " ")

const webhooks: Readonly<Record<Manifest["webhook"], string>> = {
  signed: "signed: proof once verified",
  hint_only: "unsigned: a hint that makes core ask"
}
const repeats: Readonly<Record<Manifest["repeatCreate"], string>> = {
  never: "never",
  after_absence: "identical bytes, once a query proved absence"
}
const amounts: Readonly<Record<Manifest["amountEvidence"], string>> = {
  status: "status query",
  receipt: "the receipt",
  listing: "the provider's listing",
  none: "nothing"
}

const contacts: Readonly<Record<Manifest["firstContact"], string>> = {
  call: "`create`, by a call",
  payer: "the payer's browser",
  either: "`create` or the payer's browser, by option"
}

type Row = readonly [title: string, cell: (manifest: Manifest) => string]

const capabilities: ReadonlyArray<Row> = [
  ["Prices by amount", ({ pricing }) => (pricing.amount ? "yes" : "no")],
  ["Prices by tariff and quantity", ({ pricing }) => (pricing.tariff ? "yes" : "no")],
  [
    "Receipt",
    ({ receipt }) =>
      `${receipt.origin === "provider" ? "the provider's document" : "generated confirmation"} (${list(receipt.formats)})`
  ],
  ["Webhooks", ({ webhook }) => webhooks[webhook]],
  [
    "The deadline that it is sent",
    ({ deadline }) => (deadline === "kept" ? "ends the payment there" : "is ignored: it has a time of its own")
  ],
  ["What proves the sum", ({ amountEvidence }) => amounts[amountEvidence]],
  ["Who tells the provider first", ({ firstContact }) => contacts[firstContact]],
  ["Outcomes that its evidence can say", ({ outcomes }) => list(outcomes)],
  ["Next actions of payers", ({ actions }) => list(actions.map((action) => `\`${action}\``))],
  ["Languages of its pages", ({ languages }) => list(languages)],
  ["`create` is sent again after a lost reply", ({ repeatCreate }) => repeats[repeatCreate]],
  [
    "A query that finds nothing proves that it never arrived",
    ({ absenceProvesAfter }) => proof(absenceProvesAfter.notSubmittedSeconds)
  ],
  [
    "A query that finds nothing proves that it lapsed (since the deadline)",
    ({ absenceProvesAfter }) => proof(absenceProvesAfter.lapsedSeconds)
  ]
]

const extras: ReadonlyArray<Row> = (
  ["resume", "withdraw", "refund", "payout", "list", "banks", "issueInvoice", "check"] as const
).map((name) => [`\`${name}\``, ({ extras: declared }) => extra(declared[name])] as const)

const softness: ReadonlyArray<Row> = (["paid", "declined", "expired", "canceled", "reversed"] as const).map(
  (name) => [`\`${name}\``, ({ softSeconds }) => duration(softSeconds[name])] as const
)

const pace: ReadonlyArray<Row> = [
  [
    "First query",
    ({ query }) => (query.earliestSeconds === 0 ? "at once" : `after ${duration(query.earliestSeconds)}`)
  ],
  [
    "Then, by the age of the attempt",
    ({ query }) =>
      query.schedule
        .map(({ untilSeconds, everySeconds }) => `up to ${duration(untilSeconds)}: every ${duration(everySeconds)}`)
        .join("; ")
  ]
]

const limits: ReadonlyArray<Row> = [
  ["Currencies", ({ limits: { currencies } }) => list(currencies)],
  ["Smallest sum, minor units", ({ limits: { minMinorUnits } }) => minor(minMinorUnits)],
  ["Largest sum, minor units", ({ limits: { maxMinorUnits } }) => minor(maxMinorUnits)],
  ["Price lines", ({ limits: { maxLines } }) => `at most ${maxLines}`],
  ["Purpose", ({ limits: { maxPurposeLength } }) => `at most ${maxPurposeLength} characters`],
  ["Deadline", ({ limits: { maxDeadlineSeconds } }) => `at most ${duration(maxDeadlineSeconds)} ahead`]
]

const section = (title: string, rows: ReadonlyArray<Row>): string => {
  const head = ["", ...columns.map(([name]) => name)]
  const lines = [
    head,
    head.map(() => "---"),
    ...rows.map(([name, cell]) => [name, ...columns.map(([, manifest]) => cell(manifest))])
  ]
  return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`
}

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> =>
  new Map([
    [
      "docs/generated/capabilities.md",
      [
        "# What each provider can do\n",
        "Generated from the providers' manifests by `node tools/generate/capabilities.ts`; do not edit. Windows and limits are those of the default configuration.\n",
        section("Capabilities", capabilities),
        section("Extra verbs", extras),
        section("How long an outcome stays soft", softness),
        section("When core asks", pace),
        section("Limits", limits)
      ].join("\n")
    ]
  ])

if (isProgram(import.meta.url)) write(generate())
