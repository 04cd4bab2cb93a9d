import assert from "node:assert/strict"
import type { InvoiceRow } from "@maksa/core"
import { NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const anInvoice = (other: Partial<InvoiceRow> = {}): InvoiceRow => ({
  attemptId: "a-p",
  paymentId: "p",
  inputDigest: "payer",
  status: "submitted",
  documentId: undefined,
  submittedAt: NOW,
  history: '[{"by":"grāmatvede"}]',
  ...other
})

export const invoices = casesOf("invoices", [
  {
    id: "invoice-as-given",
    sentence:
      "An attempt's invoice comes back as it was given last, from another opening too, and of no other attempt.",
    reason: "An invoice that was asked for and is forgotten is issued twice.",
    check: async ({ reopen, store }) => {
      await seed(store, "p")
      assert.equal(await store.transact((tx) => tx.findInvoice("a-p")), undefined)
      await store.transact((tx) => tx.putInvoice(anInvoice()))
      assert.deepEqual(await store.transact((tx) => tx.findInvoice("a-p")), anInvoice())
      const issued = anInvoice({ status: "issued", documentId: "12128", submittedAt: NOW + 1, history: "[]" })
      await store.transact((tx) => tx.putInvoice(issued))
      const again = await reopen()
      assert.deepEqual(await again.transact((tx) => tx.findInvoice("a-p")), issued)
      assert.equal(await again.transact((tx) => tx.findInvoice("a-q")), undefined)
    }
  }
])
