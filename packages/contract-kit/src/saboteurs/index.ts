import { attemptSaboteurs } from "./attempts.ts"
import { capabilitySaboteurs } from "./capabilities.ts"
import { driverSaboteurs } from "./drivers.ts"
import { listSaboteurs } from "./lists.ts"
import { moneySaboteurs } from "./money.ts"
import { noticeSaboteurs } from "./notices.ts"
import { payerSaboteurs } from "./payer.ts"
import { receiptSaboteurs } from "./receipts.ts"
import { repaymentSaboteurs } from "./repayments.ts"
import type { Saboteur } from "./Saboteur.ts"
import { secrecySaboteurs } from "./secrecy.ts"
import { startingSaboteurs } from "./starting.ts"
import { timeSaboteurs } from "./times.ts"
import { workSaboteurs } from "./work.ts"
import { mixUpSaboteurs } from "./mixUps.ts"
import { orderSaboteurs } from "./orders.ts"
import { tellingSaboteurs } from "./telling.ts"

export { type Saboteur, soundFor, spoiledBy } from "./Saboteur.ts"

/** Every broken adapter and driver, by what is broken. */
export const providerSaboteurs: ReadonlyArray<Saboteur> = [
  ...startingSaboteurs,
  ...orderSaboteurs,
  ...attemptSaboteurs,
  ...payerSaboteurs,
  ...tellingSaboteurs,
  ...workSaboteurs,
  ...timeSaboteurs,
  ...mixUpSaboteurs,
  ...moneySaboteurs,
  ...noticeSaboteurs,
  ...receiptSaboteurs,
  ...capabilitySaboteurs,
  ...repaymentSaboteurs,
  ...listSaboteurs,
  ...secrecySaboteurs,
  ...driverSaboteurs
]
