import { appendFile, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { openOrderBook } from "../src/data/OrderBook.ts"
import { temporaryFolder } from "./support/temporarySample.ts"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let file: string
beforeEach(async () => {
  folder = await temporaryFolder()
  file = join(folder.path, "orders.jsonl")
})
afterEach(() => folder.remove())

const order = (reference: string, visitor = "v") => ({ reference, service: "dog-registration", visitor, createdAt: 1 })

describe("the order book", () => {
  it("knows after a restart whose the orders are and what the office was told", async () => {
    const book = await openOrderBook(file)
    await Promise.all([book.add(order("SR-1")), book.add(order("SR-2")), book.add(order("SR-3", "other"))])
    await book.tell({ eventId: "e1", reference: "SR-1", at: 5, goAhead: true })
    await book.close()
    const again = await openOrderBook(file)
    assert.deepEqual(
      again.of("v").map(({ reference }) => reference),
      ["SR-2", "SR-1"]
    )
    assert.equal(again.toldAt("SR-1"), 5)
    assert.isUndefined(again.toldAt("SR-2"))
    await again.close()
  })

  it("takes back what the office was told, and lets a repeated event change nothing", async () => {
    const book = await openOrderBook(file)
    const go = { eventId: "e1", reference: "SR-1", at: 5, goAhead: true }
    await book.tell(go)
    await book.tell({ eventId: "e2", reference: "SR-1", at: 6, goAhead: false })
    await book.tell(go)
    assert.isUndefined(book.toldAt("SR-1"))
    await book.close()
    assert.equal((await readFile(file, "utf8")).trim().split("\n").length, 2)
  })

  it("drops a line that a crash cut off, and goes on after the last whole one", async () => {
    const book = await openOrderBook(file)
    await book.add(order("SR-1"))
    await book.close()
    await appendFile(file, '{"type":"order","reference":"SR-2","serv')
    const again = await openOrderBook(file)
    assert.isUndefined(again.find("SR-2"))
    await again.add(order("SR-4"))
    await again.close()
    const last = await openOrderBook(file)
    assert.deepEqual(
      last.of("v").map(({ reference }) => reference),
      ["SR-4", "SR-1"]
    )
    await last.close()
  })
})
