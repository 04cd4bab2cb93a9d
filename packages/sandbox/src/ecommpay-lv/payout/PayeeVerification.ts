import { parseDuration } from "../../kernel/Clock.ts"
import type { World } from "../../kernel/World.ts"
import { codes, type ResultCode } from "../Codes.ts"
import type { PaymentRequest } from "../PaymentRecord.ts"
import type { PayoutSettings } from "../ProjectSettings.ts"

/** Verification of Payee (EU Instant Payments Regulation): the payee's bank compares name and account. */
export interface PayeeVerification {
  /** Why the payout may not go on; `undefined` when it may. */
  refusal(request: PaymentRequest, settings: PayoutSettings): ResultCode | undefined
  clear(): void
}

interface Kept {
  readonly until: number
  readonly refusal: ResultCode | undefined
}

export const createPayeeVerification = (world: World): PayeeVerification => {
  const answers = new Map<string, Kept>()

  return {
    refusal: ({ customerId, payee, projectId }, { verification, verificationKept }) => {
      const key = JSON.stringify([projectId, customerId, payee?.iban, payee?.name.trim().toLowerCase()])
      const now = world.clock.now()
      const known = answers.get(key)
      if (known !== undefined && known.until > now) return known.refusal
      // Only what the bank really said is kept (developers.ecommpay.com, "Verification of Payee").
      if (verification === "unavailable") return codes.payeeNotVerified
      const refusal = verification === "mismatch" ? codes.payeeMismatch : undefined
      answers.set(key, { until: now + parseDuration(verificationKept), refusal })
      return refusal
    },
    clear: () => answers.clear()
  }
}
