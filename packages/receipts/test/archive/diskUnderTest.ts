import type { ArchiveUnderTest } from "@maksa/contract-kit"
import type { DocumentArchive } from "@maksa/core"
import { mkdtempSync } from "node:fs"
import { readdir, readFile, rm, unlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { diskArchive } from "../../src/index.ts"

/** Not a secret of anybody: only tests use it. */
export const secret = "only for tests: 0123456789abcdef0123456789abcdef"

export const temporaryFolder = (): string => join(mkdtempSync(join(tmpdir(), "maksa-archive-")), "archive")

export const filesIn = async (folder: string): Promise<ReadonlyArray<string>> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))

export const entryFile = (folder: string, sequence: number): string =>
  join(folder, "entries", "000000000", `${String(sequence).padStart(12, "0")}.json`)

/** An archive in a folder of its own; `spoil` may put a broken one in its place. */
export const diskUnderTest = async (
  spoil: (right: DocumentArchive) => DocumentArchive = (right) => right
): Promise<ArchiveUnderTest> => {
  const folder = temporaryFolder()
  const open = async () => spoil(await diskArchive({ folder, secret }))
  const documentFile = (paymentId: string, sha256: string) => join(folder, "documents", paymentId, sha256)
  return {
    archive: await open(),
    reopen: open,
    dispose: () => rm(join(folder, ".."), { recursive: true, force: true }),
    tamper: {
      entry: async (sequence, from, to) => {
        const file = entryFile(folder, sequence)
        await writeFile(file, (await readFile(file, "utf8")).replace(from, to))
      },
      dropEntry: (sequence) => unlink(entryFile(folder, sequence)),
      document: async (paymentId, sha256) => {
        const file = documentFile(paymentId, sha256)
        const bytes = await readFile(file)
        const last = bytes.length - 17
        bytes[last] = (bytes[last] ?? 0) ^ 1
        await writeFile(file, bytes)
      },
      dropDocument: (paymentId, sha256) => unlink(documentFile(paymentId, sha256))
    },
    files: async () => Promise.all((await filesIn(folder)).map((file) => readFile(file)))
  }
}
