// Writes docs/laws.md from the contract kit's laws: `node tools/generate/laws.ts`.
import { type Law, lawAreas } from "@maksa/contract-kit"
import { isProgram, write } from "./write.ts"

const fields = (law: Law): string =>
  law.about === undefined ? "" : `Tries ${law.about.map((field) => `\`${field}\``).join(", ")} of the manifest. `

const page = (law: Law): string =>
  [
    `### ${law.id}`,
    "",
    law.sentence,
    "",
    `Why: ${law.reason}`,
    "",
    `What to do: ${law.duty}`,
    "",
    `${fields(law)}${law.once === true ? "Tried once, with the usual order." : "Tried with every order scenario."} ${
      law.exemptWhen === undefined ? "No manifest is exempt." : `Exempt when ${law.exemptWhen}.`
    }`
  ].join("\n")

const document = (): string =>
  [
    "# Laws of a provider",
    "",
    "Generated from the contract kit. Each law is tried on an adapter through its simulator's driver alone; a report names the law by its heading here. How to write an adapter that keeps them: [write-a-provider.md](write-a-provider.md).",
    "",
    ...lawAreas.map(({ laws, name }) => [`## ${name}`, "", laws.map(page).join("\n\n")].join("\n")),
    ""
  ]
    .join("\n\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replace(/\n+$/, "\n")

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> => new Map([["docs/laws.md", document()]])

if (isProgram(import.meta.url)) write(generate())
