import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { type Money, toDecimal } from "@maksa/core"
import { hour, offered, paid, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { wholeReceipt } from "../../wholeReceipt.ts"
import { pdfFault, xmlText } from "./documents.ts"
import { plainReceipts } from "./plainReceipts.ts"

/** By decimals, with a point or a comma, or by minor units: never as a part of a longer number. */
const names = (text: string, sum: Money): boolean => {
  const decimal = toDecimal(sum)
  const spellings = [decimal, decimal.replace(".", ","), decimal.replace(/[.]?0+$/, ""), String(sum.minorUnits)]
  const words = new Set(text.split(/[\s\u00a0;]+/))
  return spellings.some((one) => words.has(one))
}

const formats = ["pdf", "xml"] as const

export const receiptBelongs: Law = {
  id: "receipt-belongs-to-the-payment",
  sentence:
    "Each declared document is well formed, names this payment's sum and currency, and stays the same; before payment there is none.",
  reason: "A receipt is what citizens show to the state, and what auditors ask for ten years later.",
  duty: "Fetch the document of this payment, check it against its media type, and answer `NotReady` before there is one.",
  about: ["receipt"],
  check: async (world) => {
    await world.restart({ receipts: plainReceipts })
    const { receipt: declared } = world.manifest
    const open = await offered(world)
    const other = await paid(world)
    const payment = await paid(world)
    await world.advance(hour)
    const charged = (await world.truth(payment)).flatMap((one) => one.charged)
    const [sum] = charged
    assert.ok(sum)
    const adapter = await world.adapter()
    for (const format of formats) {
      if (!declared.formats.includes(format)) {
        const error = await world.refusal(() => world.payments.receipt(payment.id, { format }))
        assert.equal(reasonOf(error), "Unsupported", `${format} is not among \`receipt.formats\``)
        continue
      }
      const early = await world.refusal(() => world.payments.receipt(open.id, { format }))
      assert.ok(
        ["NotReady", "NotFound"].includes(reasonOf(early)),
        `a ${format} of a payment that nobody paid: ${reasonOf(early)}`
      )

      const own = await world.run(wholeReceipt(adapter.receipt(world.record(payment), format)))
      assert.equal(
        own._tag,
        declared.origin === "provider" ? "document" : "generate",
        "`receipt.origin` says otherwise than the adapter"
      )
      if (own._tag === "document")
        assert.equal(own.mediaType, `application/${format}`, "the document is of another media type")
      const foreign = await world.payments.receipt(other.id, { format })
      const first = await world.payments.receipt(payment.id, { format })
      const second = await world.payments.receipt(payment.id, { format })
      assert.equal(first.origin, declared.origin, "`receipt.origin` says otherwise than the document")
      assert.equal(first.mediaType, `application/${format}`)
      const bytes = await first.bytes()
      assert.equal(first.sha256, createHash("sha256").update(bytes).digest("hex"))
      if (declared.origin === "provider")
        assert.notEqual(first.sha256, foreign.sha256, `two payments have the same ${format}`)
      assert.equal(second.sha256, first.sha256, `the same ${format} asked for twice is not the same`)
      if (format === "pdf") assert.equal(pdfFault(bytes), undefined)
      else if (declared.origin === "provider") {
        const text = xmlText(bytes)
        assert.ok(names(text, sum), "the XML does not name the sum")
        assert.ok(text.includes(sum.currency), "the XML does not name the currency")
      } else xmlText(bytes)
    }
    const received = (await world.payments.history(payment.id)).filter((one) => one.channel === "receipt")
    for (const { says } of received) {
      if (says._tag === "received" && says.amount !== undefined) {
        assert.equal(says.amount.minorUnits, sum.minorUnits, "the document's own sum is not what was charged")
      }
    }
  }
}
