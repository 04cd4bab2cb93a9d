import { httpBindingContract } from "../../src/index.ts"
import { bindingOf } from "./referenceBinding.ts"

httpBindingContract(bindingOf("the reference, on node:http"))
