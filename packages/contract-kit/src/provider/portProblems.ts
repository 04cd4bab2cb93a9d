import { type AnyProvider, Manifest, providerPort } from "@maksa/core"
import * as Schema from "effect/Schema"

const validator = Schema.toStandardSchemaV1(Manifest, {
  parseOptions: { onExcessProperty: "error", errors: "all" }
})["~standard"]

/** Fields of the manifest that this port does not know, lacks, or means otherwise. */
const misfits = (manifest: unknown): ReadonlyArray<string> => {
  const checked = validator.validate(manifest)
  if (checked instanceof Promise || checked.issues === undefined) return []
  const paths = checked.issues.map(({ path = [] }) =>
    path.map((part) => String(typeof part === "object" ? part.key : part)).join(".")
  )
  return [...new Set(paths)].filter((path) => path !== "port").toSorted()
}

/** Callers without types, and adapters of other ports, may state any other one. */
export const isOfThisPort = ({ manifest }: Pick<AnyProvider, "manifest">): boolean =>
  (manifest.port as unknown) === providerPort // the type knows only this port

/** What does not fit between an adapter and the provider port of the installed `@maksa/core`, one sentence each. */
export const portProblems = (provider: Pick<AnyProvider, "manifest">): ReadonlyArray<string> => {
  const { manifest } = provider
  const other = isOfThisPort(provider)
    ? []
    : [`The adapter was built for port ${String(manifest.port)}; the installed @maksa/core has port ${providerPort}.`]
  const fields = misfits(manifest)
  return fields.length === 0
    ? other
    : [...other, `Port ${providerPort} lacks, does not know or reads otherwise in the manifest: ${fields.join(", ")}.`]
}
