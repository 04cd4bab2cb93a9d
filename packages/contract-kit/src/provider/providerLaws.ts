import type { Law } from "./Law.ts"
import { lostReplyIsNeverResent } from "./laws/create/lostReply.ts"
import { duplicateNotice } from "./laws/notices/duplicateNotice.ts"
import { builtForThisPort } from "./laws/manifest/builtForThisPort.ts"
import { hintMovesNoMoney } from "./laws/notices/hintMovesNoMoney.ts"

/** Every law of a provider, in the order in which they are tried: what others build on comes first. */
export const providerLaws: ReadonlyArray<Law> = [
  builtForThisPort,
  duplicateNotice,
  hintMovesNoMoney,
  lostReplyIsNeverResent
]
