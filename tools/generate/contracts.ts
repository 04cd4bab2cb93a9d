// Writes docs/generated/contracts.md, which laws each contract calls for and why not: `node tools/generate/contracts.ts`.
import { type Law, lawAreas, type ProviderContract } from "@maksa/contract-kit"
import type { Manifest } from "@maksa/core"
import { ecommpayLv, type FundsConfirmation } from "@maksa/provider-ecommpay-lv"
import { manifest as template } from "@maksa/provider-template"
import { manifest as vissMm, paymentApiManifest, portalAsyncManifest } from "@maksa/provider-viss-mm"
import {
  contract as ecommpayLvContract,
  decliningContract,
  reversingContract
} from "../../packages/provider-ecommpay-lv/test/contract/contract.ts"
import { contract as templateContract } from "../../packages/provider-template/test/contract/contract.ts"
import { contract as vissMmContract } from "../../packages/provider-viss-mm/test/contract/contract.ts"
import { contract as paymentApiContract } from "../../packages/provider-viss-mm/test/contract/paymentApiContract.ts"
import { asyncContract, syncContract } from "../../packages/provider-viss-mm/test/contract/portalContract.ts"
import { isProgram, write } from "./write.ts"

interface Column {
  readonly manifest: Manifest
  readonly contract: ProviderContract
}

/** The manifest of one setting of ecommpay; nothing is opened. */
const ecommpay = (fundsConfirmation: FundsConfirmation, lists: boolean): Manifest =>
  ecommpayLv({
    environment: "test",
    projectId: 1,
    secrets: ["no secret"],
    fundsConfirmation,
    ...(lists ? { dataApi: { token: "no token", secret: "no secret" } } : {})
  }).manifest

/** Every contract that the tests of the packages run: one for each setting that changes a manifest. */
const columns: ReadonlyArray<Column> = [
  { manifest: template, contract: templateContract },
  { manifest: vissMm, contract: vissMmContract },
  { manifest: paymentApiManifest, contract: paymentApiContract },
  { manifest: vissMm, contract: syncContract },
  { manifest: portalAsyncManifest, contract: asyncContract },
  { manifest: ecommpay("off", true), contract: ecommpayLvContract },
  { manifest: ecommpay("decline", false), contract: decliningContract },
  { manifest: ecommpay("reversal", true), contract: reversingContract }
]

/** Orders by which the law is tried, and why it is not by the others. */
const cell = (law: Law, { contract, manifest }: Column): string => {
  const { orders } = contract.scenarios
  const wanted = law.once === true ? orders.slice(0, 1) : orders
  const tried = wanted.filter((order) => law.exempt?.(manifest, order) === undefined)
  const reasons = new Set(wanted.flatMap((order) => law.exempt?.(manifest, order) ?? []))
  const how = tried.length === 0 ? "exempt" : law.once === true ? "tried" : `${tried.length} of ${wanted.length} orders`
  return reasons.size === 0 ? how : `${how}: ${[...reasons].join("; ")}`
}

const row = (law: Law): string =>
  `| [${law.id}](../laws.md#${law.id}) | ${columns.map((column) => cell(law, column)).join(" | ")} |`

const document = (): string =>
  [
    "# Laws and contracts",
    "",
    "Generated from the contract kit and the contracts of the providers. Every contract is run by its package's tests: a law is either kept or exempt for the reason that stands here. Where a setting changes what a provider can say, each of its values is a contract of its own. `2 of 3 orders` are those that call for the law; what differs among the ways to order is tried in all of them with the first contract of a provider, and with its others in one of them.",
    "",
    ...lawAreas.flatMap(({ laws, name }) => [
      `## ${name}`,
      "",
      `| Law | ${columns.map(({ contract: { name } }) => name).join(" | ")} |`,
      `| --- |${" --- |".repeat(columns.length)}`,
      ...laws.map(row),
      ""
    ])
  ].join("\n")

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> => new Map([["docs/generated/contracts.md", document()]])

if (isProgram(import.meta.url)) write(generate())
