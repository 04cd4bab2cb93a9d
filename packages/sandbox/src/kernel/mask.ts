const secretNames =
  /((?:mm_cert|signature|token|secret|password|passphrase|authorization|first_?name|last_?name|name|e-?mail|phone|address|(?:client)?code|iban|account)=)[^&\s#]*/gi
const iban = /\b[A-Z]{2}\d{2}[A-Z]{4}[0-9A-Z]{5,26}\b/g
const personalCode = /(?<![0-9a-f-])\d{6}-?\d{5}(?![0-9a-f-])/gi
const email = /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g

/** Hides what no log may hold: credentials in a query, IBANs, Latvian personal codes and e-mail addresses. */
export const mask = (text: string): string =>
  text.replace(secretNames, "$1***").replace(iban, "***").replace(personalCode, "***").replace(email, "***")

/** Keeps only whether a personal value was given. */
export const maskValue = (value: string | undefined): string | undefined => (value === undefined ? undefined : "***")
