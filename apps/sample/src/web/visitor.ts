import { randomBytes } from "node:crypto"
import type { Request, Response } from "express"
import type { Signer } from "./signing.ts"

const cookieName = "payer"
const days = 30

const readCookie = (request: Request): string | undefined => {
  for (const pair of (request.get("cookie") ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2)
    if (name === cookieName) return value
  }
  return undefined
}

/** Tells one browser from another by a signed random number; it says nothing about the person. */
export interface Visitors {
  /** The visitor's digest, or `undefined` for a browser that we have not met. */
  find(request: Request): string | undefined
  /** The same, giving a new browser its cookie. */
  welcome(request: Request, response: Response): string
}

export const createVisitors = (signer: Signer): Visitors => {
  const find = (request: Request): string | undefined => {
    const id = signer.read(readCookie(request) ?? "")
    return id === undefined ? undefined : signer.digest(id)
  }
  return {
    find,
    welcome: (request, response) => {
      const known = find(request)
      if (known !== undefined) return known
      const id = randomBytes(16).toString("base64url")
      // Lax: the cookie comes along when a bank sends the payer back, but not with a form that another site posts.
      response.cookie(cookieName, signer.sign(id), {
        httpOnly: true,
        sameSite: "lax",
        secure: request.secure,
        maxAge: days * 86_400_000
      })
      return signer.digest(id)
    }
  }
}
