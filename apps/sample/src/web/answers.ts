import type { Response } from "express"
import type { Language } from "../Language.ts"
import { pageTexts } from "../texts/pages.ts"
import { messageView } from "../views/messageView.ts"

export const notFound = (response: Response, language: Language): void => {
  const text = pageTexts[language]
  response.status(404).send(messageView({ language, path: "", title: text.notFoundTitle, text: text.notFoundText }))
}

export const broken = (response: Response, language: Language, path: string): void => {
  const text = pageTexts[language]
  response.status(500).send(messageView({ language, path, title: text.brokenTitle, text: text.brokenText }))
}

/** The form's ticket is too old, or is not this browser's. */
export const stale = (response: Response, language: Language, path: string): void => {
  const text = pageTexts[language]
  const links = [{ href: `/${language}${path}`, text: text.usedNew }]
  response.status(403).send(messageView({ language, path, title: text.staleTitle, text: text.staleText, links }))
}

/** The form was submitted before with other answers. */
export const used = (response: Response, language: Language, path: string, reference: string): void => {
  const text = pageTexts[language]
  const links = [
    { href: `/${language}/orders/${reference}`, text: text.usedLook },
    { href: `/${language}${path}`, text: text.usedNew }
  ]
  response.status(409).send(messageView({ language, path, title: text.usedTitle, text: text.usedText, links }))
}
