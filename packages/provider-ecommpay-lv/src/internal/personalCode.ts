// A Latvian personal code: the new form begins with 32, the old one with a date of birth.
const personalCode = /(?<!\d)(?:\d{6}-\d{5}|32\d{9}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{7})(?!\d)/

export const hasPersonalCode = (text: string): boolean => personalCode.test(text)
