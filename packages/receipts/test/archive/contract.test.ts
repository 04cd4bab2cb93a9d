import { archiveContract } from "@maksa/contract-kit"
import { diskUnderTest } from "./diskUnderTest.ts"

archiveContract({ name: "on disk", make: () => diskUnderTest() })
