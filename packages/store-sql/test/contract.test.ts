import { storeContract } from "@maksa/contract-kit"
import { makeTempStore } from "./tempStore.ts"

storeContract({ name: "SQLite", make: () => makeTempStore() })

storeContract({ name: "SQLite, one commit per unit", make: () => makeTempStore({ groupCommit: false }) })
