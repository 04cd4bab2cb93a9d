import { join } from "node:path"
import type { StoreTransaction } from "@maksa/core"
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely"
import { assert, describe, it } from "vitest"
import { deriveKeys } from "../src/keys.ts"
import { migrate } from "../src/migrate.ts"
import { compileQueries } from "../src/compiledQueries.ts"
import type { Dialect } from "../src/Scope.ts"
import { openDatabase, sqlite, sqliteDialect } from "../src/sqlite.ts"
import { SqlTransaction } from "../src/SqlTransaction.ts"
import type { Tables } from "../src/Tables.ts"
import { NOW } from "./rows.ts"
import { inTempDirectory, testSecret } from "./tempStore.ts"

type Reading = (tx: StoreTransaction) => Promise<unknown>

const before = { createdAt: NOW, id: "p" }

const readings: Readonly<Record<string, Reading>> = {
  "finding a payment": (tx) => tx.findPayment("p"),
  "finding a payment by its key": (tx) => tx.findPaymentByKey("k"),
  "a page of payments": (tx) => tx.listPayments({ limit: 10, before }),
  "a page of a period": (tx) => tx.listPayments({ limit: 10, from: 1, to: 2, before }),
  "a page of one status": (tx) => tx.listPayments({ limit: 10, status: "paid", before }),
  "payments of one case": (tx) => tx.listPayments({ limit: 10, merchantReference: "m" }),
  "finding an attempt by its key": (tx) => tx.findAttemptByKey("d"),
  "finding an attempt by its payer token": (tx) => tx.findAttemptByPayerToken("d"),
  "finding an attempt by its webhook token": (tx) => tx.findAttemptByWebhookToken("d"),
  "finding an attempt by reference": (tx) => tx.findAttemptByReference("i", "r"),
  "a page of submitted attempts": (tx) =>
    tx.submittedAttempts({ instance: "i", from: 1, to: 2, limit: 10, after: { submittedAt: 1, id: "a" } }),
  "attempts of a payment": (tx) => tx.attemptsOf("p"),
  "observations of a payment": (tx) => tx.observationsOf("p"),
  "unfolded observations": (tx) => tx.unfoldedObservations(10),
  "joining parked observations": (tx) => tx.joinParked("i", "r"),
  "reading evidence": (tx) => tx.evidenceOf("o"),
  "due events": (tx) => tx.dueEvents(NOW, 10),
  "events of a payment": (tx) => tx.eventsOf("p"),
  "claiming work": (tx) => tx.claimWork(NOW, 100, NOW),
  "finding work": (tx) => tx.findWork("a", "query"),
  "repayments of a payment": (tx) => tx.repaymentsOf("p"),
  "a page of repayments": (tx) => tx.listRepayments({ limit: 10, before }),
  "a page of repayments of one status": (tx) => tx.listRepayments({ limit: 10, status: "requested", from: 1, to: 2 }),
  "the archive's last entry": (tx) => tx.lastArchiveEntry(),
  "a page of the archive": (tx) => tx.archiveEntriesAfter(1, 10),
  "the archive's entries of a payment": (tx) => tx.archiveEntriesOf("p"),
  "reading a document": (tx) => tx.getDocument("d"),
  "destroying a document": (tx) => tx.deleteDocument("d"),
  "erasing a payment": (tx) => tx.erase("p")
}

describe("no table is scanned or sorted for", () => {
  for (const [name, reading] of Object.entries(readings)) {
    it(name, () =>
      inTempDirectory(async (directory) => {
        const database = await openDatabase(join(directory, "s.sqlite"), 100)
        const statements: Array<{ readonly sql: string; readonly parameters: ReadonlyArray<unknown> }> = []
        const dialect = sqliteDialect(database, 100)
        await migrate(new Kysely<Tables>({ dialect }), sqlite)
        const db = new Kysely<Tables>({ dialect, log: (event) => void statements.push(event.query) })
        await db.transaction().execute((trx) => reading(transactionOver(trx, sqlite)))
        const asked = statements.filter(({ sql }) => /^(select|update|delete)/.test(sql))
        assert.isAbove(asked.length, 0)
        for (const { sql, parameters } of asked) {
          const plan = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters)
          for (const { detail } of plan) {
            // Walking an index in order up to a limit is what a page is.
            if (/^SCAN .* USING (COVERING )?INDEX/.test(detail)) assert.match(sql, /limit \?$/, detail)
            else assert.notMatch(detail, /SCAN|TEMP B-TREE/, sql)
          }
        }
        await db.destroy()
      })
    )
  }
})

const transactionOver = (trx: ConstructorParameters<typeof SqlTransaction>[0], dialect: Dialect) =>
  new SqlTransaction(trx, {
    keys: deriveKeys(testSecret),
    dialect,
    compiled: compileQueries(trx)
  })

const statementsOf = async (reading: Reading): Promise<string> => {
  const statements: Array<string> = []
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (introspected) => new PostgresIntrospector(introspected),
      createQueryCompiler: () => new PostgresQueryCompiler()
    },
    log: (event) => void statements.push(event.query.sql)
  })
  const concurrent: Dialect = { types: { bytes: "bytea", serial: "bigint", id: "text" }, locksRows: true }
  await db.transaction().execute((trx) => reading(transactionOver(trx, concurrent)))
  return statements.join("\n")
}

describe("on a database with concurrent writers", () => {
  it("a payment that is read to be changed is locked", async () => {
    assert.match(await statementsOf((tx) => tx.findPayment("p")), /for update$/m)
    assert.match(await statementsOf((tx) => tx.findRepayment("r")), /for update$/m)
  })

  it("a claim passes over what another one has locked", async () => {
    assert.match(await statementsOf((tx) => tx.claimWork(NOW, 10, NOW)), /for update skip locked/)
  })
})
