// A program that archives documents until it is killed, and says each one's id once it is durable.
import { diskArchive } from "../../src/index.ts"

const [folder = "", secret = "", name = ""] = process.argv.slice(2)
const archive = await diskArchive({ folder, secret })
for (let i = 0; i < 40; i++) {
  const paymentId = `pay_${name}${i}`
  const bytes = new TextEncoder().encode(`document ${paymentId}`)
  const facts = { paymentId, attemptId: "att_1", source: "provider", mediaType: "application/pdf" } as const
  const { id } = await archive.put({ ...facts, retention: "accounting", at: i, bytes })
  process.stdout.write(`${id}\n`)
}
