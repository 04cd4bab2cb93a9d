import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { ProviderContract } from "../provider/ProviderContract.ts"

/** What is wrong with how the program was called; it ends with 2. */
export class UsageError extends Error {}

const isContract = (value: unknown): value is ProviderContract =>
  typeof value === "object" && value !== null && "driver" in value && "make" in value && "scenarios" in value

/** The contract that a module exports as `contract`. */
export const loadContract = async (file: string): Promise<ProviderContract> => {
  const module: unknown = await import(pathToFileURL(resolve(file)).href)
  const contract = typeof module === "object" && module !== null && "contract" in module ? module.contract : undefined
  if (isContract(contract)) return contract
  throw new UsageError(`${file} does not export a provider contract as \`contract\`.`)
}
