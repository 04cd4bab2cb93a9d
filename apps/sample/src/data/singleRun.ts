import { randomUUID } from "node:crypto"
import { readFile, rm, writeFile } from "node:fs/promises"
import { StartProblem } from "../settings.ts"

/** This run of the sample, by which another start on the same folder recognises that it is alive. */
export interface Run {
  readonly id: string
  announce(address: string): Promise<void>
  end(): Promise<void>
}

const isAlive = async ({ address, id }: { readonly address: string; readonly id: string }): Promise<boolean> => {
  try {
    const response = await fetch(`${address}/run/${id}`, { signal: AbortSignal.timeout(1000) })
    return response.status === 204
  } catch {
    return false
  }
}

/**
 * Refuses a second run on one folder: each run has providers of its own in memory, which would not know the payments of
 * the other. What a killed run left behind is recognised by nobody answering.
 */
export const claimRun = async (file: string): Promise<Run> => {
  const text = await readFile(file, "utf8").catch(() => undefined)
  if (text !== undefined) {
    const [address = "", id = ""] = text.split("\n")
    if (/^http:\/\/\S+$/.test(address) && (await isAlive({ address, id }))) {
      throw new StartProblem(
        `The sample is already running at ${address} with the same data. Open it, stop it first, or set MAKSA_DATA to another folder.`
      )
    }
  }
  const id = randomUUID()
  return {
    id,
    announce: (address) => writeFile(file, `${address}\n${id}\n`, { mode: 0o600 }),
    end: () => rm(file, { force: true })
  }
}
