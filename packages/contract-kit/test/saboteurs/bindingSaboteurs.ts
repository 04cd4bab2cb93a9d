import { answerSaboteurs } from "./answerSaboteurs.ts"
import type { BindingSaboteur } from "./BindingSaboteur.ts"
import { requestSaboteurs } from "./requestSaboteurs.ts"

/** Every broken binding. */
export const bindingSaboteurs: ReadonlyArray<BindingSaboteur> = [...requestSaboteurs, ...answerSaboteurs]
