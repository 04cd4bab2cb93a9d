import type { Reply } from "../../kernel/HttpFaults.ts"
import { jsonReply } from "../GateRefusal.ts"

const names = { 400: "Bad Request", 401: "Unauthorized" } as const

/** A request that Data API refuses; its errors have another shape than Gate's and are not signed. */
export class DataRefusal extends Error {
  readonly status: keyof typeof names
  constructor(status: keyof typeof names, message: string) {
    super(message)
    this.name = "DataRefusal"
    this.status = status
  }

  toReply(): Reply {
    const { message, status } = this
    return jsonReply(status, { name: names[status], message, code: 0, status })
  }
}
