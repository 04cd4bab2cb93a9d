import { bindingCases, tryBindingCase, type HttpBinding } from "../../src/index.ts"
import { bindingOf, type Steps } from "../http/referenceBinding.ts"

/** A binding that is broken in one way. */
export interface BindingSaboteur {
  readonly id: string
  /** What it does wrong. */
  readonly sentence: string
  /** The case that must notice it. */
  readonly killedBy: string
  readonly binding: HttpBinding
}

/** One saboteur as it is written down: its id, what it does wrong, who must notice, and the steps it replaces. */
export const saboteur = (id: string, sentence: string, killedBy: string, steps: Partial<Steps>): BindingSaboteur => ({
  id,
  sentence,
  killedBy,
  binding: bindingOf(id, steps)
})

/** How long a broken binding may leave a case waiting, milliseconds. */
const patience = 3000

export const isKilledBy = async ({ binding }: BindingSaboteur, caseId: string): Promise<boolean> => {
  const found = bindingCases.find(({ id }) => id === caseId)
  if (found === undefined) throw new Error(`there is no binding case ${caseId}`)
  return tryBindingCase(found, binding, patience).then(
    () => false,
    () => true
  )
}

/** The cases that notice a broken binding, all of them tried; for the matrix of who kills whom. */
export const bindingKillers = async (broken: BindingSaboteur): Promise<ReadonlyArray<string>> => {
  const killers: Array<string> = []
  for (const { id } of bindingCases) if (await isKilledBy(broken, id)) killers.push(id)
  return killers
}
