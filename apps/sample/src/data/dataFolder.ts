import { hkdfSync, randomBytes } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { StartProblem } from "../settings.ts"

export interface DataFolder {
  readonly store: string
  readonly journal: string
  readonly clock: string
  readonly run: string
  /** The sandbox's certificates, kept because making keys takes a second. */
  readonly certificates: string
  /** A key for one purpose, derived from the folder's secret. */
  key(purpose: "store" | "cookie" | "form"): Uint8Array
}

/** Made once, readable by its owner only; losing it makes the store unreadable, as it should. */
const openSecret = async (file: string): Promise<Buffer> => {
  try {
    await writeFile(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  }
  const secret = Buffer.from((await readFile(file, "utf8")).trim(), "base64url")
  if (secret.byteLength < 32) {
    throw new StartProblem(
      `The secret in ${file} is damaged. Put it back from a copy, or use another MAKSA_DATA folder.`
    )
  }
  return secret
}

/** Opens the folder, creating it and its secret at the first start. */
export const openDataFolder = async (folder: string): Promise<DataFolder> => {
  let secret: Buffer
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    secret = await openSecret(join(folder, "secret"))
  } catch (error) {
    if (error instanceof StartProblem) throw error
    throw new StartProblem(`The folder ${folder} cannot be used. Set MAKSA_DATA to one that can be written.`)
  }
  return {
    store: join(folder, "payments.sqlite"),
    journal: join(folder, "orders.jsonl"),
    clock: join(folder, "clock.json"),
    run: join(folder, "run"),
    certificates: join(folder, "certificates"),
    key: (purpose) => new Uint8Array(hkdfSync("sha256", secret, "", `maksa-sample/${purpose}`, 32))
  }
}
