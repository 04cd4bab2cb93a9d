// Adapters that change what the payer sees, says or enters.
import { Collect, type NextAction, Redirect } from "@maksa/core"
import type { Saboteur } from "./Saboteur.ts"
import { retell, spoilAdapter } from "./spoiling.ts"

type Answers = { readonly fields: Readonly<Record<string, string>>; readonly consentText?: string }

/** What the payer entered and agreed to, sent on otherwise. */
const resent = (change: (answers: Answers) => Answers): Saboteur["spoil"] =>
  spoilAdapter(({ resume }) => ({
    resume: resume && ((attempt, answers) => resume(attempt, change(answers)))
  }))

const consent = (change: (text: string) => string): Saboteur["spoil"] =>
  resent(({ consentText, ...rest }) => ({
    ...rest,
    ...(consentText === undefined ? {} : { consentText: change(consentText) })
  }))

/** What the payer must do, told otherwise. */
const shown = (change: (action: NextAction) => NextAction): Saboteur["spoil"] =>
  retell((one) =>
    one.says._tag === "action_needed"
      ? { ...one, says: { _tag: "action_needed", action: change(one.says.action) } }
      : one
  )

export const payerSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "trims-the-consent",
    sentence: "Trims the consent that the payer gave.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: consent((text) => text.trim())
  },
  {
    id: "composes-the-consent",
    sentence: "Brings the consent into Unicode's composed form.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: consent((text) => text.normalize("NFC"))
  },
  {
    id: "wraps-the-consent",
    sentence: "Changes the line breaks of the consent.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: consent((text) => text.replaceAll("\r\n", "\n"))
  },
  {
    id: "tidies-the-consent",
    sentence: "Makes one blank of several in the consent.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: consent((text) => text.replaceAll(/[ \t\u00a0]+/g, " "))
  },
  {
    id: "escapes-the-consent",
    sentence: "Escapes the consent for a markup that nobody writes.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: consent((text) => text.replaceAll("<", "&lt;").replaceAll('"', "&quot;"))
  },
  {
    id: "drops-the-consent",
    sentence: "Sends what the payer entered without the consent.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: resent(({ fields }) => ({ fields }))
  },
  {
    id: "drops-a-field",
    sentence: "Drops what the payer entered into the last field.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: resent(({ fields, ...rest }) => ({
      ...rest,
      fields: Object.fromEntries(Object.entries(fields).slice(0, -1))
    }))
  },
  {
    id: "trims-a-field",
    sentence: "Trims what the payer entered.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: resent(({ fields, ...rest }) => ({
      ...rest,
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]))
    }))
  },
  {
    id: "shows-another-consent",
    sentence: "Shows the payer a tidied consent.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: shown((action) =>
      action._tag === "collect" && action.consentText !== undefined
        ? new Collect({ fields: action.fields, consentText: action.consentText.trim().replaceAll(/\s+/g, " ") })
        : action
    )
  },
  {
    id: "asks-for-less",
    sentence: "Does not show the payer the last field that the provider asks for.",
    kind: "adapter",
    killedBy: "consent-goes-back-as-shown",
    spoil: shown((action) =>
      action._tag === "collect"
        ? new Collect({
            fields: action.fields.slice(1),
            ...(action.consentText === undefined ? {} : { consentText: action.consentText })
          })
        : action
    )
  },
  {
    id: "everything-is-a-link",
    sentence: "Makes a link of every next action.",
    kind: "adapter",
    killedBy: "next-actions-are-met",
    spoil: shown((action) => {
      const url = "url" in action ? action.url : undefined
      return url === undefined ? action : new Redirect({ url })
    })
  },
  {
    id: "sends-the-payer-elsewhere",
    sentence: "Sends the payer's browser back from the provider to another address than ours.",
    kind: "adapter",
    killedBy: "return-moves-no-money",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) => create({ ...input, urls: { ...input.urls, return: input.urls.next } })
    }))
  }
]
