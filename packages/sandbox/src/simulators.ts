import { bank } from "./bank/Bank.ts"
import { ecommpay } from "./ecommpay-lv/Ecommpay.ts"
import type { Simulator } from "./kernel/Simulator.ts"
import { vissMm } from "./viss-mm/VissMm.ts"

/** The simulators of a sandbox, in starting order: the bank first, because the others send payers to it. */
export const simulators = (): ReadonlyArray<Simulator> => [bank(), vissMm(), ecommpay()]
