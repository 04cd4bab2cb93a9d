// Stands for the agency's own module `./agency.ts` in the documentation's examples.
import type { Payment } from "@maksa/core"

/** Hands out what was paid for; a repeat with the same event id changes nothing. */
export declare const grantOnce: (eventId: string, merchantReference: string) => Promise<void>
export declare const takeBackOnce: (eventId: string, merchantReference: string) => Promise<void>
export declare const tellStaff: (eventId: string, text: string) => Promise<void>
export declare const isSignedInAsPayer: (request: Request, paymentId: string | undefined) => Promise<boolean>
export declare const showToStaff: (payments: ReadonlyArray<Payment>) => void
