// Files that are there after a power cut: synchronised before they get their name, and their folder after it.
import { randomUUID } from "node:crypto"
import { mkdir, open } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ArchiveError } from "./ArchiveError.ts"

export const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code

export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder and what is above it, readable by the owner only. */
export const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** A new name for something half written; what a crash leaves there belongs to nobody. */
export const temporaryFile = (root: string): string => join(root, "unfinished", randomUUID())

/** Writes a file of its own, to be linked or renamed to its place. */
export const writeDurably = async (root: string, bytes: Uint8Array): Promise<string> => {
  const file = temporaryFile(root)
  const handle = await open(file, "wx", 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return file
}

/** A payment's folder. Ids that could lead out of the archive are none of ours. */
export const paymentFolder = (root: string, part: "payments" | "documents", paymentId: string): string => {
  if (!/^[\w-]{1,64}$/.test(paymentId))
    throw new ArchiveError("configuration", "a payment's id has letters, digits, _ and - only")
  return join(root, part, paymentId)
}
