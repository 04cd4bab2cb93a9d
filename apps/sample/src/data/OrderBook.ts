// The sample's own records, beside the payments that core keeps: whose order it is, and whether the office was told.
// One file of JSON lines is enough for a demonstration; an agency has its own tables for this.
import { open } from "node:fs/promises"

export interface Order {
  /** The case number: unique, shown to people, core's `merchantReference`. */
  readonly reference: string
  readonly service: string
  /** Who may see it: a keyed digest of the visitor's cookie, not the cookie. */
  readonly visitor: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

type Line =
  | ({ readonly type: "order" } & Order)
  | { readonly type: "told" | "recalled"; readonly eventId: string; readonly reference: string; readonly at: number }

export interface OrderBook {
  /** Safe to repeat: an order that is there stays as it is. */
  add(order: Order): Promise<void>
  find(reference: string): Order | undefined
  /** Newest first. */
  of(visitor: string): ReadonlyArray<Order>
  /** Records that the office was told to go ahead, or to stop. An event that is known changes nothing. */
  tell(told: {
    readonly eventId: string
    readonly reference: string
    readonly at: number
    readonly goAhead: boolean
  }): Promise<void>
  /** When the office was told to go ahead; `undefined` if it was not, or was told to stop since. */
  toldAt(reference: string): number | undefined
  close(): Promise<void>
}

/** Opens the file, creating it if it is not there. A line that was cut off by a crash was never acknowledged, and goes. */
export const openOrderBook = async (file: string): Promise<OrderBook> => {
  const handle = await open(file, "a+", 0o600)
  const orders = new Map<string, Order>()
  const events = new Set<string>()
  const told = new Map<string, number>()

  const apply = (line: Line): void => {
    if (line.type === "order") {
      const { createdAt, reference, service, visitor } = line
      orders.set(reference, { createdAt, reference, service, visitor })
      return
    }
    events.add(line.eventId)
    if (line.type === "told") told.set(line.reference, line.at)
    else told.delete(line.reference)
  }

  const content = await handle.readFile()
  const whole = content.lastIndexOf(10) + 1
  if (whole < content.byteLength) await handle.truncate(whole)
  for (const text of content.subarray(0, whole).toString("utf8").split("\n")) {
    // Whole lines were written by `append` below.
    if (text !== "") apply(JSON.parse(text) as Line)
  }

  let turn: Promise<void> = Promise.resolve()
  const append = (line: Line): Promise<void> => {
    const write = async (): Promise<void> => {
      await handle.appendFile(`${JSON.stringify(line)}\n`)
      // The order must be there before the provider hears of it, and the event before core forgets it.
      await handle.datasync()
      apply(line)
    }
    const mine = turn.then(write)
    turn = mine.catch(() => {})
    return mine
  }

  return {
    add: (order) => (orders.has(order.reference) ? Promise.resolve() : append({ type: "order", ...order })),
    find: (reference) => orders.get(reference),
    of: (visitor) => [...orders.values()].filter((order) => order.visitor === visitor).toReversed(),
    tell: ({ at, eventId, goAhead, reference }) =>
      events.has(eventId) ? Promise.resolve() : append({ type: goAhead ? "told" : "recalled", at, eventId, reference }),
    toldAt: (reference) => told.get(reference),
    close: async () => {
      await turn
      await handle.close()
    }
  }
}
