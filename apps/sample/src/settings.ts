import { resolve } from "node:path"

export interface Settings {
  /** Address to listen on. */
  readonly host: string
  /** Port to listen on; 0 takes any free one. */
  readonly port: number
  /** True if the port was asked for, so that no other one will do. */
  readonly isPortFixed: boolean
  /** Where the store, its secret and the journal are. */
  readonly dataFolder: string
}

/** Something that the person who starts the sample can put right; the message says how. */
export class StartProblem extends Error {
  override readonly name = "StartProblem"
}

/** Reads PORT, HOST and MAKSA_DATA. An empty variable counts as absent. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const wanted = environment["PORT"] || undefined
  if (wanted !== undefined && !(/^\d{1,5}$/.test(wanted) && Number(wanted) <= 65_535)) {
    throw new StartProblem("PORT must be a whole number from 0 to 65535.")
  }
  return {
    host: environment["HOST"] || "127.0.0.1",
    port: wanted === undefined ? 3000 : Number(wanted),
    isPortFixed: wanted !== undefined,
    dataFolder: resolve(environment["MAKSA_DATA"] || ".data")
  }
}
