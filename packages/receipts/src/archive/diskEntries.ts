// Entries on disk: a file each, claimed by a hard link, so that several processes append without a lock and a crash leaves
// either the whole entry or none.
import type { ArchiveEntryRow } from "@maksa/core"
import { link, readdir, readFile, unlink } from "node:fs/promises"
import { basename, join } from "node:path"
import { hasCode, makeFolder, paymentFolder, syncFolder, writeDurably } from "./durableFiles.ts"

/** Files in one folder; more make listing slow. */
const perFolder = 1000
const nameOf = (sequence: number): string => `${String(sequence).padStart(12, "0")}.json`
const folderOf = (sequence: number): string => String(Math.floor(sequence / perFolder)).padStart(9, "0")

const parse = (file: string, text: string): ArchiveEntryRow | undefined => {
  const [digest, paymentId, content, ...rest] = text.split("\n")
  if (digest === undefined || paymentId === undefined || content === undefined || rest.length > 0) return undefined
  return { sequence: Number(basename(file, ".json")), paymentId, content, digest }
}

const read = async (file: string): Promise<ArchiveEntryRow | undefined> => {
  try {
    const text = await readFile(file, "utf8")
    // What is not written as entries are is there, and altered.
    return parse(file, text) ?? { sequence: Number(basename(file, ".json")), paymentId: "", content: text, digest: "" }
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return undefined
    throw cause
  }
}

const newest = async (folder: string): Promise<string | undefined> => {
  const names = await readdir(folder)
  return names.reduce<string | undefined>((last, name) => (last === undefined || name > last ? name : last), undefined)
}

export interface DiskEntries {
  last(): Promise<ArchiveEntryRow | undefined>
  entryAt(sequence: number): Promise<ArchiveEntryRow | undefined>
  append(entry: ArchiveEntryRow): Promise<boolean>
  entriesOf(paymentId: string): Promise<ReadonlyArray<ArchiveEntryRow>>
}

export const diskEntries = (root: string): DiskEntries => {
  const entries = join(root, "entries")
  const fileOf = (sequence: number) => join(entries, folderOf(sequence), nameOf(sequence))

  /** The same file in the payment's folder. Made after the entry; whoever looks next makes it if a crash came in between. */
  const linkToPayment = async ({ paymentId, sequence }: ArchiveEntryRow): Promise<void> => {
    const folder = paymentFolder(root, "payments", paymentId)
    await makeFolder(folder)
    try {
      await link(fileOf(sequence), join(folder, nameOf(sequence)))
      await syncFolder(folder)
    } catch (cause) {
      if (!hasCode(cause, "EEXIST")) throw cause
    }
  }

  const last = async (): Promise<ArchiveEntryRow | undefined> => {
    const folder = await newest(entries)
    const name = folder === undefined ? undefined : await newest(join(entries, folder))
    const row = folder === undefined || name === undefined ? undefined : await read(join(entries, folder, name))
    // Everything before the newest was looked at by the process that appended after it.
    if (row !== undefined && row.paymentId !== "") await linkToPayment(row)
    return row
  }

  return {
    last,
    entryAt: (sequence) => read(fileOf(sequence)),
    append: async (entry) => {
      const target = fileOf(entry.sequence)
      await makeFolder(join(entries, folderOf(entry.sequence)))
      const written = await writeDurably(root, Buffer.from(`${entry.digest}\n${entry.paymentId}\n${entry.content}`))
      try {
        await link(written, target)
      } catch (cause) {
        if (hasCode(cause, "EEXIST")) return false
        throw cause
      } finally {
        await unlink(written)
      }
      await syncFolder(join(entries, folderOf(entry.sequence)))
      await linkToPayment(entry)
      return true
    },
    entriesOf: async (paymentId) => {
      await last()
      const folder = paymentFolder(root, "payments", paymentId)
      const names = await readdir(folder).catch((cause: unknown) => {
        if (hasCode(cause, "ENOENT")) return []
        throw cause
      })
      // The names only tell where to look: what counts stands in the chain.
      const sequences = names.map((name) => Number.parseInt(name, 10)).toSorted((a, b) => a - b)
      const rows = await Promise.all(sequences.map((sequence) => read(fileOf(sequence))))
      return rows.flatMap((row) => (row?.paymentId === paymentId ? [row] : []))
    }
  }
}
