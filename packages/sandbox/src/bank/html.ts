const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Text for an HTML element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** Minor units with a decimal comma and no-break spaces between thousands, as it is written in Latvia. */
export const formatAmount = (minor: bigint, currency: string): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0")
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, "\u00a0")
  return `${minor < 0n ? "-" : ""}${whole},${digits.slice(-2)} ${currency}`
}

/** Headers of every page for payers: no script, no frame, nothing from elsewhere, nothing kept. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff"
}
