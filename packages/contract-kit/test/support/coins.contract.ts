// What `maksa-contract run` is given.
import { coinContract } from "./coinContract.ts"

export const contract = coinContract()
