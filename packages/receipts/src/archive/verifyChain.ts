import type { ArchiveHead, Verification } from "@maksa/core"
import { digestOf, documentIdAt, readEvent, start } from "./chain.ts"
import type { Medium } from "./Medium.ts"
import { checkedBytes } from "./streams.ts"

type Problem = Extract<Verification, { readonly isIntact: false }>["problem"]
const broken = (sequence: number, problem: Problem): Verification => ({ isIntact: false, sequence, problem })

interface Kept {
  readonly sequence: number
  readonly paymentId: string
  readonly sha256: string
}

const checkDocument = async (medium: Medium, { paymentId, sequence, sha256 }: Kept): Promise<Problem | undefined> => {
  try {
    const bytes = await medium.getBytes(paymentId, sha256)
    if (bytes === undefined) return "document_missing"
    const reader = checkedBytes(bytes, { id: documentIdAt(sequence), sha256 }).getReader()
    while (!(await reader.read()).done);
    return undefined
  } catch {
    return "document_altered"
  }
}

/** Walks the chain from its first entry, then reads what payments show and every document; names the first entry that does not hold. */
export const verifyChain = async (medium: Medium, noted: ArchiveHead | undefined): Promise<Verification> => {
  const length = Math.max((await medium.last())?.sequence ?? 0, noted?.sequence ?? 0)
  const kept = new Map<string, Kept>()
  const ofPayments = new Map<string, Array<number>>()
  let head = start
  for (let sequence = 1; sequence <= length; sequence++) {
    const row = await medium.entryAt(sequence)
    if (row === undefined) return broken(sequence, "entry_missing")
    const event = readEvent(row.content)
    const isOurs = event !== undefined && row.sequence === sequence && digestOf(head.digest, row) === row.digest
    if (!isOurs || (noted?.sequence === sequence && noted.digest !== row.digest))
      return broken(sequence, "entry_altered")
    head = { sequence, digest: row.digest }
    ofPayments.set(row.paymentId, [...(ofPayments.get(row.paymentId) ?? []), sequence])
    if (event._tag === "stored") {
      kept.set(documentIdAt(sequence), { sequence, paymentId: row.paymentId, sha256: event.document.sha256 })
    }
    if (event._tag === "erased") kept.delete(event.documentId)
  }
  for (const [paymentId, sequences] of ofPayments) {
    const listed = new Set((await medium.entriesOf(paymentId)).map((row) => row.sequence))
    const hidden = sequences.find((sequence) => !listed.has(sequence))
    if (hidden !== undefined) return broken(hidden, "entry_missing")
  }
  for (const one of kept.values()) {
    const problem = await checkDocument(medium, one)
    if (problem !== undefined) return broken(one.sequence, problem)
  }
  return { isIntact: true, entries: length, head }
}
