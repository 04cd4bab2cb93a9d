import { once } from "node:events"
import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import Database from "better-sqlite3"
import { assert, describe, it } from "vitest"
import { sqliteStore, StoreOpenError } from "../src/index.ts"
import { openDatabase } from "../src/sqlite.ts"
import { exitOf, readAll, runProgram } from "./programs/run.ts"
import { attemptRow, NOW, observationRow, paymentRow } from "./rows.ts"
import { inTempDirectory, testSecret } from "./tempStore.ts"

const refusal = async (opening: Promise<{ close(): Promise<void> }>): Promise<StoreOpenError> => {
  try {
    await (await opening).close()
  } catch (cause) {
    assert.instanceOf(cause, StoreOpenError)
    return cause
  }
  return assert.fail("the store was opened")
}

const modeOf = async (file: string) => (await stat(file)).mode & 0o777

describe("the secret", () => {
  it("shorter than 32 bytes is refused before a file is made, and is not shown", () =>
    inTempDirectory(async (directory) => {
      const secret = "hunter2-hunter2-hunter2-hunter2"
      const error = await refusal(sqliteStore({ file: join(directory, "s.sqlite"), secret }))
      assert.strictEqual(error.reason, "secret")
      assert.notInclude(error.message + String(error.stack), "hunter2")
      assert.deepEqual(await readdir(directory), [])
    }))

  it("counts in bytes, not in letters", () =>
    inTempDirectory(async (directory) => {
      const store = await sqliteStore({ file: join(directory, "s.sqlite"), secret: "ā".repeat(16) })
      await store.close()
    }))

  it("may be bytes, and equal bytes open the same store", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const first = await sqliteStore({ file, secret: testSecret })
      const digest = first.keyedDigest("x", "y")
      await first.close()
      const second = await sqliteStore({ file, secret: new TextEncoder().encode(testSecret) })
      assert.strictEqual(second.keyedDigest("x", "y"), digest)
      await second.close()
    }))

  it("another one than the store was created with is refused, and neither is shown", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      await (await sqliteStore({ file, secret: testSecret })).close()
      const error = await refusal(sqliteStore({ file, secret: `${testSecret}!` }))
      assert.strictEqual(error.reason, "secret")
      assert.match(error.message, /another secret/)
      assert.notInclude(error.message, testSecret)
      await (await sqliteStore({ file, secret: testSecret })).close()
    }))
})

describe("the file", () => {
  it("is written to the disk with each commit: no other setting survives a power cut", () =>
    inTempDirectory(async (directory) => {
      const database = await openDatabase(join(directory, "s.sqlite"), 1000)
      const setting = (name: string): unknown => database.pragma(name, { simple: true })
      assert.strictEqual(setting("journal_mode"), "wal")
      const full = 2n
      assert.strictEqual(setting("synchronous"), full)
      database.close()
    }))

  it("is created for its owner only, and so are the files beside it", () =>
    inTempDirectory(async (directory) => {
      const store = await sqliteStore({ file: join(directory, "s.sqlite"), secret: testSecret })
      const names = await readdir(directory)
      assert.sameMembers(names, ["s.sqlite", "s.sqlite-wal", "s.sqlite-shm"])
      for (const name of names) assert.strictEqual(await modeOf(join(directory, name)), 0o600, name)
      await store.close()
    }))

  it("that exists keeps the mode its owner gave it", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      await (await sqliteStore({ file, secret: testSecret })).close()
      await chmod(file, 0o640)
      await (await sqliteStore({ file, secret: testSecret })).close()
      assert.strictEqual(await modeOf(file), 0o640)
    }))

  it("may be empty already, and opening again changes no schema", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      await writeFile(file, "")
      const schemaOf = () => {
        const database = new Database(file, { readonly: true })
        const rows = database.prepare("select name, sql from sqlite_master order by name").all()
        const migrations = database.prepare("select * from maksa_migration").all()
        database.close()
        return { rows, migrations }
      }
      await (await sqliteStore({ file, secret: testSecret })).close()
      const first = schemaOf()
      assert.isAbove(first.rows.length, 20)
      assert.lengthOf(first.migrations, 6)
      await (await sqliteStore({ file, secret: testSecret })).close()
      assert.deepEqual(schemaOf(), first)
    }))

  it("must have a name", async () => {
    for (const file of ["", ":memory:"]) {
      assert.strictEqual((await refusal(sqliteStore({ file, secret: testSecret }))).reason, "file")
    }
  })

  it("in a directory that is missing is refused, and opens once the directory is there", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "missing", "s.sqlite")
      assert.strictEqual((await refusal(sqliteStore({ file, secret: testSecret }))).reason, "file")
      await mkdir(join(directory, "missing"))
      await (await sqliteStore({ file, secret: testSecret })).close()
    }))

  it("that is no database is refused and left as it is", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const text = "these are the minutes of the council's meeting\n".repeat(200)
      await writeFile(file, text)
      assert.strictEqual((await refusal(sqliteStore({ file, secret: testSecret }))).reason, "file")
      assert.strictEqual((await stat(file)).size, text.length)
    }))

  it("of the first version is upgraded with what is in it, but by nobody who has another secret", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const evidence = new Uint8Array([1, 2, 3])
      const attempt = attemptRow("a", "p", { providerReference: "REF", submission: "answered", lastQueryAt: NOW })
      const store = await sqliteStore({ file, secret: testSecret })
      await store.transact(async (tx) => {
        await tx.insertPayment(paymentRow("p"))
        await tx.insertAttempt(attempt)
        await tx.insertObservation(observationRow("o", { evidence }))
        await tx.adoptObservation("o", { attemptId: "a", paymentId: "p" })
        await tx.putSealed("a", "p", "input", "what the payer wrote")
      })
      await store.close()
      const database = new Database(file)
      database.exec(
        "alter table attempt drop column answered_at; drop index attempt_by_submission; drop table archive_entry; drop table archive_document; drop table invoice"
      )
      database.exec(`drop table repayment; drop table work;
        create table repayment (seq integer primary key, id text not null unique, payment_id text not null references payment,
          idempotency_digest text not null unique, input_digest text not null, amount_minor bigint not null,
          currency text not null, route text not null, status text not null, history text not null,
          created_at bigint not null, updated_at bigint not null);
        create table work (seq integer primary key, kind text not null, attempt_id text not null references attempt,
          due_at bigint not null, lease_until bigint not null, tries bigint not null,
          constraint work_of_attempt unique (attempt_id, kind));
        insert into repayment values (1, 'r', 'p', 'k', 'i', 5, 'EUR', 'manual', 'done', '[]', 1, 2);
        insert into work values (1, 'query', 'a', 3, 0, 4)`)
      database.exec("delete from maksa_migration where name <> '0001-initial'")
      const countOf = () => database.prepare("select name from maksa_migration").all().length
      const { reason } = await refusal(sqliteStore({ file, secret: `another ${testSecret}` }))
      assert.deepStrictEqual([reason, countOf()], ["secret", 1])
      database.close()
      const upgraded = await sqliteStore({ file, secret: testSecret })
      await upgraded.transact(async (tx) => {
        assert.deepStrictEqual(await tx.findPayment("p"), paymentRow("p"))
        assert.deepStrictEqual(await tx.findAttemptByReference("viss-mm", "REF"), attempt)
        assert.deepStrictEqual(await tx.evidenceOf("o"), evidence)
        assert.strictEqual(await tx.getSealed("a", "input"), "what the payer wrote")
        await tx.updateAttempt({ ...attempt, answeredAt: NOW })
        const work = { kind: "query", attemptId: "a", dueAt: 3, leaseUntil: 9, tries: 4 } as const
        assert.deepStrictEqual(await tx.claimWork(3, 10, 9), [work])
        const [repayment, ...others] = await tx.repaymentsOf("p")
        assert.deepStrictEqual([repayment?.finality, repayment?.since, others.length], ["hard", 2, 0])
        assert.isUndefined(await tx.findInvoice("a"))
      })
      await upgraded.close()
    }))

  it("of a newer version is refused with the name of what is unknown, and left as it is", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      await (await sqliteStore({ file, secret: testSecret })).close()
      const database = new Database(file)
      const insert = database.prepare("insert into maksa_migration (name, timestamp) values (?, ?)")
      insert.run("9999-from-the-future", "2099-01-01T00:00:00.000Z")
      database.close()
      const error = await refusal(sqliteStore({ file, secret: testSecret }))
      assert.strictEqual(error.reason, "newer_schema")
      assert.match(error.message, /9999-from-the-future/)
      assert.match(error.message, /upgrade/)
    }))
})

it("several processes open one new file at once, and all of them write", { timeout: 60_000 }, () =>
  inTempDirectory(async (directory) => {
    const file = join(directory, "s.sqlite")
    const ids = ["a", "b", "c", "d"]
    const programs = ids.map((id) => runProgram("opener", file, id))
    const complaints = programs.map((program) => readAll(program.stderr))
    const exits = programs.map(exitOf)
    await Promise.all(programs.map((program) => once(program.stdout, "data")))
    for (const program of programs) program.stdin.write("go\n")
    assert.deepEqual(await Promise.all(exits), [0, 0, 0, 0], (await Promise.all(complaints)).join("\n"))
    const store = await sqliteStore({ file, secret: testSecret })
    const rows = await store.transact((tx) => tx.unfoldedObservations(10))
    assert.sameMembers(
      rows.map((row) => row.id),
      ids
    )
    await store.close()
  })
)
