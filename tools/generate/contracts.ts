// Writes docs/generated/contracts.md, which laws each contract calls for and why not: `node tools/generate/contracts.ts`.
import { type Law, lawAreas, type ProviderContract } from "@maksa/contract-kit"
import { contract as ecommpayLvContract } from "../../packages/provider-ecommpay-lv/test/contract/contract.ts"
import { contract as templateContract } from "../../packages/provider-template/test/contract/contract.ts"
import { contract as vissMmContract } from "../../packages/provider-viss-mm/test/contract/contract.ts"
import { isProgram, write } from "./write.ts"

interface Column {
  readonly manifest: Manifest
  readonly contract: ProviderContract
}

const columns: ReadonlyArray<Column> = [
  { manifest: template, contract: templateContract },
  { manifest: vissMm, contract: vissMmContract },
  { manifest: ecommpayLv, contract: ecommpayLvContract }
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
    "Generated from the contract kit and the contracts of the providers. Every contract is run by its package's tests: a law is either kept or exempt for the reason that stands here.",
    "",
    ...lawAreas.flatMap(({ laws, name }) => [
      `## ${name}`,
      "",
      `| Law | ${columns.map(({ manifest: { id } }) => `\`${id}\``).join(" | ")} |`,
      `| --- |${" --- |".repeat(columns.length)}`,
      ...laws.map(row),
      ""
    ])
  ].join("\n")

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> => new Map([["docs/generated/contracts.md", document()]])

if (isProgram(import.meta.url)) write(generate())
