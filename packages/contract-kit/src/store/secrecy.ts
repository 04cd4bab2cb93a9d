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
  [
    {
      id: "evidence-sealed",
      sentence: "Evidence is in no file as it was received.",
      reason: "A stolen disk or backup must not tell who paid what.",
      check: async (subject) => {
        await seed(subject.store, "p")
        await subject.store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: bytesOf(MARK) })))
        assert.equal(await find(subject, MARK), 0)
      }
    },
    {
      id: "adopted-evidence-sealed",
      sentence: "Adopted evidence is in no file as it was received.",
      reason: "Moving evidence to its payment must not leave it open.",
      check: async (subject) => {
        await seed(subject.store, "p")
        await subject.store.transact(async (tx) => {
          await tx.insertObservation(anObservation("o", { evidence: bytesOf(MARK) }))
          await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
        })
        assert.equal(await find(subject, MARK), 0)
      }
    },
    {
      id: "texts-sealed",
      sentence: "Sealed texts are in no file as they were given.",
      reason: "Names, accounts and addresses that payers entered are the most wanted of all.",
      check: async (subject) => {
        await seed(subject.store, "p")
        await subject.store.transact(async (tx) => {
          await tx.putSealed("a-p", "p", "input", MARK)
          await tx.putSealed("a-p", "p", "action", MARK)
        })
        assert.equal(await find(subject, MARK), 0)
      }
    },
    {
      id: "documents-sealed",
      sentence: "Archived documents are in no file as they were given, nor when they were destroyed.",
      reason: "Receipts name payers and what they paid for.",
      check: async (subject) => {
        await seed(subject.store, "p")
        await subject.store.transact((tx) => tx.putDocument("p/one", bytesOf(MARK)))
        assert.equal(await find(subject, MARK), 0)
        await subject.store.transact((tx) => tx.deleteDocument("p/one"))
        assert.equal(await find(subject, MARK), 0)
      }
    }
  ],
  true
)
