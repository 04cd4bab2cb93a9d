import { assert, describe, it } from "vitest"
import {
  DeclineReason,
  type Language,
  PayerStep,
  payerMessage,
  payerMessageKeys,
  PaymentError,
  PaymentErrorReason
} from "../src/index.ts"

const languages: ReadonlyArray<Language> = ["lv", "en", "ru"]

describe("messages for payers", () => {
  it("exist for every reason, every next step and every error", () => {
    const keys = [
      ...DeclineReason.literals.map((reason) => `decline.${reason}`),
      ...PayerStep.literals.map((step) => `next.${step}`),
      ...PaymentErrorReason.members.map((member) => `error.${member.fields._tag.schema.literal}`)
    ]
    assert.sameMembers([...payerMessageKeys], keys)
  })

  it("are whole sentences in the language they are asked in", () => {
    const alphabets = {
      lv: /^[\p{Script=Latin}\p{P} ]+$/u,
      en: /^[A-Za-z\p{P} ]+$/u,
      ru: /^[\p{Script=Cyrillic}\p{P} ]+$/u
    }
    for (const key of payerMessageKeys) {
      const said = languages.map((language) => payerMessage(key, language))
      assert.strictEqual(new Set(said).size, languages.length, key)
      for (const [index, language] of languages.entries()) {
        assert.match(said[index] ?? "", alphabets[language], key)
        assert.match(said[index] ?? "", /^\p{Lu}.*\.$/u, key)
      }
    }
  })

  it("say no more of a security check than of any other refusal", () => {
    for (const language of languages) {
      assert.strictEqual(payerMessage("decline.security", language), payerMessage("decline.refused", language))
    }
  })

  it("are found by the key of an error", () => {
    const [reason] = PaymentErrorReason.members
    const error = new PaymentError({ operation: "create", reason: new reason({ message: "m" }) })
    assert.include(payerMessageKeys, error.payerMessageKey)
  })
})
