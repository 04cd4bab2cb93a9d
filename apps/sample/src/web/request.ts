import type { Request } from "express"

/** The fields of a posted form. */
export const fieldsOf = (request: Request): Readonly<Record<string, unknown>> => {
  const body: unknown = request.body
  return typeof body === "object" && body !== null ? { ...body } : {}
}

/** The ticket that came with a form. */
export const ticketOf = (fields: Readonly<Record<string, unknown>>): string =>
  typeof fields["ticket"] === "string" ? fields["ticket"] : ""

/** The payer's address as banks want it: an IPv4 address that came through an IPv6 socket is written as IPv4. */
export const ipAddressOf = (request: Request): string => (request.ip ?? "127.0.0.1").replace(/^::ffff:/, "")
