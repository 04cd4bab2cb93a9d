import type { Language } from "../Language.ts"
import { pageTexts } from "../texts/pages.ts"
import { html } from "./html.ts"
import { layout } from "./layout.ts"

interface Link {
  readonly href: string
  readonly text: string
}

/** A page that says one thing and where to go on. */
export const messageView = (options: {
  readonly language: Language
  readonly path: string
  readonly title: string
  readonly text: string
  readonly links?: ReadonlyArray<Link>
}): string => {
  const { language, path, text, title } = options
  const links = options.links ?? [{ href: `/${language}`, text: pageTexts[language].toStart }]
  return layout({
    language,
    path,
    title,
    content: html`<h1>${title}</h1>
      <p class="lead">${text}</p>
      <p class="actions">
        ${links.map((link, index) => html`<a class="button${index === 0 ? "" : " quiet"}" href="${link.href}">${link.text}</a>`)}
      </p>`
  })
}
