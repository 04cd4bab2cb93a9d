import { statSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { contractProblems } from "../provider/contractProblems.ts"
import type { ProviderContract } from "../provider/ProviderContract.ts"

/** What is wrong with how the program was called; it ends with 2. */
export class UsageError extends Error {}

const isUnreadable = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ERR_UNKNOWN_FILE_EXTENSION"

const requireModule = (file: string, path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no file ${file}; looked for ${path}.`)
  if (found.isDirectory()) throw new UsageError(`${file} is a folder; name the module in it that exports \`contract\`.`)
  if (!/\.[cm]?[jt]s$/.test(path))
    throw new UsageError(`${file} is no module; name a .ts or .js file that exports \`contract\`.`)
}

/** The contract that a module exports as `contract`. */
export const loadContract = async (file: string): Promise<ProviderContract> => {
  const path = resolve(file)
  requireModule(file, path)
  const module: unknown = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    if (!isUnreadable(cause)) throw cause
    throw new UsageError(`Node ${process.version} does not read ${file}; TypeScript needs Node 22.19 or newer.`)
  })
  const contract = typeof module === "object" && module !== null && "contract" in module ? module.contract : undefined
  if (contract === undefined) throw new UsageError(`${file} does not export a provider contract as \`contract\`.`)
  const problems = contractProblems(contract)
  if (problems.length > 0) throw new UsageError([`\`contract\` of ${file} is not complete:`, ...problems].join("\n- "))
  return contract as ProviderContract // nothing of it is missing
}
