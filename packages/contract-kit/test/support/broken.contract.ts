// A contract that `maksa-contract run` must find wanting.
import { coinContract } from "./coinContract.ts"

export const contract = coinContract({ noticesDiffer: true })
