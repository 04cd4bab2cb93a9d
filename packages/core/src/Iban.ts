/** Account numbers by ISO 13616. */
import * as Result from "effect/Result"

/** Without blanks and in upper case, or what is wrong with it; the value itself is never named. */
export const readIban = (text: string): Result.Result<string, string> => {
  const iban = text.replaceAll(/\s/g, "").toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return Result.fail("This is not the form of an IBAN.")
  // Every Latvian number has 21 characters; a shorter one whose digits happen to hold is a slip of the hand.
  if (iban.startsWith("LV") && iban.length !== 21) return Result.fail("A Latvian IBAN has 21 characters.")
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n ? Result.succeed(iban) : Result.fail("The check digits of the IBAN do not hold.")
}
