import { type NewDocument } from "@maksa/core"
import { spawn } from "node:child_process"
import { link, mkdir, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import { ArchiveError, diskArchive } from "../../src/index.ts"
import { entryFile, filesIn, secret, temporaryFolder } from "./diskUnderTest.ts"

const aDocument = (text: string, paymentId = "pay_1"): NewDocument => ({
  paymentId,
  attemptId: "att_1",
  source: "provider",
  mediaType: "application/pdf",
  retention: "accounting",
  at: 1,
  bytes: new TextEncoder().encode(text)
})
const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = temporaryFolder()
  try {
    await use(folder)
  } finally {
    await rm(join(folder, ".."), { recursive: true, force: true })
  }
}
const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "none",
    (cause: unknown) => (cause instanceof ArchiveError ? cause.reason : String(cause))
  )

describe("an archive on disk", () => {
  it("is readable by its owner only, and has no document under its own bytes", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      await archive.put(aDocument("one"))
      for (const file of await filesIn(folder)) assert.strictEqual((await stat(file)).mode & 0o077, 0, file)
      assert.strictEqual((await stat(folder)).mode & 0o077, 0)
    }))

  it("refuses a short secret and a folder that is none", () =>
    inFolder(async (folder) => {
      assert.strictEqual(await reasonOf(diskArchive({ folder, secret: "short" })), "configuration")
      await mkdir(join(folder, ".."), { recursive: true })
      await writeFile(folder, "a file")
      assert.strictEqual(await reasonOf(diskArchive({ folder, secret })), "configuration")
    }))

  it("does not open documents with another secret", () =>
    inFolder(async (folder) => {
      const { id } = await (await diskArchive({ folder, secret })).put(aDocument("one"))
      const other = await diskArchive({ folder, secret: `another ${secret}` })
      const found = await other.get(id)
      assert.strictEqual(await new Response(found?.bytes).text().catch(() => "not opened"), "not opened")
    }))

  it("does not take a payment's id that leads out of its folder", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      for (const paymentId of ["..", "../x", "a/b", "", "x".repeat(65)]) {
        assert.strictEqual(await reasonOf(archive.put(aDocument("one", paymentId))), "configuration", paymentId)
      }
    }))

  it("a document moved to another payment does not open there", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      const one = await archive.put(aDocument("one", "pay_1"))
      const two = await archive.put(aDocument("one", "pay_2"))
      const fileOf = (paymentId: string) => join(folder, "documents", paymentId, one.sha256)
      await rename(fileOf("pay_1"), fileOf("pay_2"))
      const verified = await archive.verify()
      assert.deepEqual(verified, { isIntact: false, sequence: 1, problem: "document_missing" })
      const found = await archive.get(two.id)
      assert.strictEqual(await new Response(found?.bytes).text().catch(() => "not opened"), "not opened")
    }))

  it("an entry that a crash left out of its payment's folder is found there again", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      const { id } = await archive.put(aDocument("one"))
      await unlink(join(folder, "payments", "pay_1", "000000000001.json"))
      const again = await diskArchive({ folder, secret })
      assert.deepEqual(
        (await again.list("pay_1")).map((one) => one.id),
        [id]
      )
    }))

  it("an entry hidden from its payment is named, and one of another payment is not shown there", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      await archive.put(aDocument("one", "pay_1"))
      await archive.put(aDocument("two", "pay_2"))
      await link(entryFile(folder, 2), join(folder, "payments", "pay_1", "000000000002.json"))
      assert.lengthOf(await archive.list("pay_1"), 1)
      await unlink(join(folder, "payments", "pay_1", "000000000001.json"))
      assert.deepEqual(await archive.verify(), { isIntact: false, sequence: 1, problem: "entry_missing" })
    }))

  it("an entry that is no entry any more is damage, and names nobody", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      await archive.put(aDocument("one"))
      const text = await readFile(entryFile(folder, 1), "utf8")
      const [digest] = text.split("\n")
      await writeFile(entryFile(folder, 1), `${digest}\npay_1\n{}`)
      assert.strictEqual(await reasonOf(archive.list("pay_1")), "damaged")
      await writeFile(entryFile(folder, 1), "")
      assert.deepEqual(await archive.verify(), { isIntact: false, sequence: 1, problem: "entry_altered" })
    }))

  it("a disk that refuses to write keeps nothing and says so", () =>
    inFolder(async (folder) => {
      const archive = await diskArchive({ folder, secret })
      await rm(join(folder, "unfinished"), { recursive: true })
      assert.notStrictEqual(await reasonOf(archive.put(aDocument("one"))), "none")
      await mkdir(join(folder, "unfinished"))
      assert.deepEqual(await archive.list("pay_1"), [])
      await archive.put(aDocument("one"))
      assert.lengthOf(await archive.list("pay_1"), 1)
    }))

  it(
    "opened by several programs at once keeps what each put, and one that is killed leaves no broken entry",
    () =>
      inFolder(async (folder) => {
        const program = fileURLToPath(new URL("writer.ts", import.meta.url))
        const acknowledged: Array<string> = []
        const life = (name: string, killAfter: number) =>
          new Promise<void>((resolve) => {
            const child = spawn(process.execPath, ["--conditions=@maksa/source", program, folder, secret, name])
            let seen = 0
            child.stdout.on("data", (chunk: Buffer) => {
              for (const id of chunk
                .toString()
                .split("\n")
                .filter((line) => line !== "")) {
                acknowledged.push(id)
                if (++seen === killAfter) child.kill("SIGKILL")
              }
            })
            child.on("close", () => resolve())
          })
        await Promise.all([life("a", 5), life("b", 9), life("c", 12)])
        assert.isAtLeast(acknowledged.length, 26)
        const archive = await diskArchive({ folder, secret })
        const verified = await archive.verify()
        assert.isTrue(verified.isIntact, JSON.stringify(verified))
        for (const id of acknowledged) {
          const found = await archive.get(id)
          assert.strictEqual(await new Response(found?.bytes).text(), `document ${found?.document.paymentId}`)
        }
      }),
    60_000
  )
})
