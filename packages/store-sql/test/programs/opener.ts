import { sqliteStore } from "../../src/index.ts"
import { testSecret } from "../tempStore.ts"

// Says that it is ready, waits for the start on its input, so that several open one new file at once, and writes a row.
const [file = "", id = ""] = process.argv.slice(2)
process.stdout.write("ready\n")
process.stdin.once("data", () => {
  void open().then(
    () => process.exit(0),
    (cause: unknown) => {
      process.stderr.write(String(cause))
      process.exit(1)
    }
  )
})

const open = async () => {
  const store = await sqliteStore({ file, secret: testSecret })
  await store.transact((tx) =>
    tx.insertObservation({
      id,
      attemptId: undefined,
      paymentId: undefined,
      instance: "viss-mm",
      reference: undefined,
      channel: "webhook",
      trust: "proven",
      content: "{}",
      digest: `digest-of-${id}`,
      observedAt: 1_774_747_800_000,
      evidence: undefined
    })
  )
  await store.close()
}
