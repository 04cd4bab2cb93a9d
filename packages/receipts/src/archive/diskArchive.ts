import type { DocumentArchive } from "@maksa/core"
import { createSecretKey, hkdfSync } from "node:crypto"
import { join } from "node:path"
import { ArchiveError } from "./ArchiveError.ts"
import { archiveOver } from "./archiveOver.ts"
import { diskBytes } from "./diskBytes.ts"
import { diskEntries } from "./diskEntries.ts"
import { makeFolder } from "./durableFiles.ts"

export interface DiskArchiveOptions {
  /** Made with mode 0700 if it is not there. On a local disk that has hard links; several processes may share it. */
  readonly folder: string
  /** At least 32 bytes, random, kept apart from the folder and its backups. Without it no document can be read again. */
  readonly secret: string | Uint8Array
}

const leastSecret = 32

const keyOf = (secret: string | Uint8Array) => {
  const bytes = typeof secret === "string" ? Buffer.from(secret, "utf8") : secret
  if (bytes.byteLength < leastSecret) {
    throw new ArchiveError("configuration", `the archive's secret must have at least ${leastSecret} bytes`)
  }
  return createSecretKey(Buffer.from(hkdfSync("sha256", bytes, "", "@maksa/receipts/1/archive", 32)))
}

/**
 * An archive in a folder: documents as encrypted files named by the SHA-256 of what is in them, entries as small files, each
 * synchronised to disk before it is answered. Documents stream in and out. Rejects with `ArchiveError`.
 */
export const diskArchive = async ({ folder, secret }: DiskArchiveOptions): Promise<DocumentArchive> => {
  const key = keyOf(secret)
  try {
    for (const part of ["entries", "payments", "documents", "unfinished"]) await makeFolder(join(folder, part))
  } catch (cause) {
    throw new ArchiveError("configuration", "the archive's folder cannot be made or read", { cause })
  }
  return archiveOver({ ...diskEntries(folder), ...diskBytes(folder, key) })
}
