import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { ProviderContract } from "../provider/ProviderContract.ts"

/** What is wrong with how the program was called; it ends with 2. */
export class UsageError extends Error {}

const isContract = (value: unknown): value is ProviderContract =>
  typeof value === "object" && value !== null && "driver" in value && "make" in value && "scenarios" in value

const isUnreadable = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ERR_UNKNOWN_FILE_EXTENSION"

/** The contract that a module exports as `contract`. */
export const loadContract = async (file: string): Promise<ProviderContract> => {
  const module: unknown = await import(pathToFileURL(resolve(file)).href).catch((cause: unknown) => {
    if (!isUnreadable(cause)) throw cause
    throw new UsageError(`Node ${process.version} does not read ${file}; TypeScript needs Node 22.19 or newer.`)
  })
  const contract = typeof module === "object" && module !== null && "contract" in module ? module.contract : undefined
  if (isContract(contract)) return contract
  throw new UsageError(`${file} does not export a provider contract as \`contract\`.`)
}
