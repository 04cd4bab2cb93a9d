import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Providers } from "../../src/startProviders.ts"
import { startSample } from "../../src/startSample.ts"

export interface TemporarySample {
  readonly address: string
  readonly providers: Providers
  /** Asks the sandbox's control API, and fails unless it obeys. */
  control(method: string, path: string, body: object): Promise<void>
  close(): Promise<void>
}

/** A folder that goes away with the test. */
export const temporaryFolder = async (): Promise<{ readonly path: string; remove(): Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), "maksa-sample-"))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** The whole sample in this process, on a free port and an empty folder. */
export const startTemporarySample = async (): Promise<TemporarySample> => {
  const folder = await temporaryFolder()
  const sample = await startSample({ host: "127.0.0.1", port: 0, isPortFixed: true, dataFolder: folder.path })
  return {
    address: sample.address,
    providers: sample.providers,
    control: async (method: string, path: string, body: object) => {
      const headers = { "content-type": "application/json" }
      const url = `${sample.providers.sandbox.ready.control}${path}`
      const response = await fetch(url, { method, headers, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`The sandbox answered ${response.status} for ${path}`)
    },
    close: async () => {
      await sample.close()
      await folder.remove()
    }
  }
}
