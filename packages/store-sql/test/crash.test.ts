import { once } from "node:events"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { assert, it } from "vitest"
import { sqliteStore } from "../src/index.ts"
import { exitOf, readAll, runProgram } from "./programs/run.ts"
import { inTempDirectory, testSecret } from "./tempStore.ts"

const ROUNDS = 10

it("no acknowledged row is lost when the process is killed at any moment", { timeout: 120_000 }, async () => {
  await inTempDirectory(async (directory) => {
    const file = join(directory, "store.sqlite")
    const acknowledged: Array<string> = []
    for (let round = 0; round < ROUNDS; round++) {
      const writer = runProgram("writer", file, String(round))
      const said: Array<string> = []
      writer.stdout.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk))
      const complaints = readAll(writer.stderr)
      const exit = exitOf(writer)
      await once(writer.stdout, "data") // it is writing; any moment from here on is a good one
      await sleep(Math.random() * 150)
      writer.kill("SIGKILL")
      assert.strictEqual(await exit, "SIGKILL", await complaints)
      // The last line may be cut: an acknowledgement that nobody has read.
      acknowledged.push(...said.join("").split("\n").slice(0, -1))
    }
    const store = await sqliteStore({ file, secret: testSecret })
    const stored = await store.transact((tx) => tx.unfoldedObservations(1_000_000))
    const ids = new Set(stored.map((row) => row.id))
    assert.isAbove(acknowledged.length, ROUNDS)
    assert.deepEqual(
      acknowledged.filter((id) => !ids.has(id)),
      []
    )
    const last = acknowledged.at(-1) ?? ""
    const evidence = await store.transact((tx) => tx.evidenceOf(last))
    assert.strictEqual(new TextDecoder().decode(evidence), `raw of ${last}`)
    await store.close()
  })
})
