import assert from "node:assert/strict"
import { anObservation, bytesOf, seed } from "./rows.ts"
import { casesOf, type StoreUnderTest } from "./StoreCase.ts"

const MARK = "mark-of-a-secret-7f3a91"

const find = async (subject: StoreUnderTest, mark: string): Promise<number> => {
  const files = (await subject.files?.()) ?? []
  assert.ok(
    files.some((file) => Buffer.from(file).includes("case-p")),
    "files() does not show what the store keeps: the payment's reference is in none of them"
  )
  return files.filter((file) => Buffer.from(file).includes(mark)).length
}

export const secrecy = casesOf(
  "secrecy of the files",
  {
    "evidence is in no file as it was received": async (subject) => {
      await seed(subject.store, "p")
      await subject.store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: bytesOf(MARK) })))
      assert.equal(await find(subject, MARK), 0)
    },
    "adopted evidence is in no file as it was received": async (subject) => {
      await seed(subject.store, "p")
      await subject.store.transact(async (tx) => {
        await tx.insertObservation(anObservation("o", { evidence: bytesOf(MARK) }))
        await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
      })
      assert.equal(await find(subject, MARK), 0)
    },
    "sealed texts are in no file as they were given": async (subject) => {
      await seed(subject.store, "p")
      await subject.store.transact(async (tx) => {
        await tx.putSealed("a-p", "p", "input", MARK)
        await tx.putSealed("a-p", "p", "action", MARK)
      })
      assert.equal(await find(subject, MARK), 0)
    }
  },
  true
)
