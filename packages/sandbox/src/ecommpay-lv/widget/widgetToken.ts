import { createHmac } from "node:crypto"
import type { PaymentRecord } from "../PaymentRecord.ts"

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

/** The provider's token for one redirect: a JWT (HS256), as in the published example. */
export const widgetToken = (record: PaymentRecord, key: string): string => {
  const { projectId } = record.request
  const head = base64url({ alg: "HS256", typ: "JWT" })
  const claims = base64url({
    projectId,
    amount: record.amountMinor.toString(),
    currency: record.currency,
    transactionId: record.redirectToken,
    iat: Math.floor(record.at / 1000)
  })
  return `${head}.${claims}.${createHmac("sha256", key).update(`${head}.${claims}`).digest("base64url")}`
}
