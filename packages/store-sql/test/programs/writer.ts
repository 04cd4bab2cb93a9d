import { sqliteStore } from "../../src/index.ts"
import { testSecret } from "../tempStore.ts"

// Writes observations without end and prints the id of each one that was acknowledged; the test kills it.
const [file = "", round = ""] = process.argv.slice(2)
const store = await sqliteStore({ file, secret: testSecret })
let next = 0

const writeOn = async (): Promise<never> => {
  for (;;) {
    const id = `${round}-${next++}`
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
        evidence: new TextEncoder().encode(`raw of ${id}`)
      })
    )
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 30 }, writeOn))
