import { type Language, otherLanguage } from "../Language.ts"
import { pageTexts } from "../texts/pages.ts"
import { type Html, html } from "./html.ts"

export interface Page {
  readonly language: Language
  readonly title: string
  /** The page's path without the language, for the link to the other one: `/orders/BA-7F3K-2QXW`. */
  readonly path: string
  readonly content: Html
  /** Addresses of scripts of ours; pages work without them. */
  readonly script?: string
}

/** The frame of every page. */
export const layout = ({ content, language, path, script, title }: Page): string => {
  const text = pageTexts[language]
  const other = otherLanguage(language)
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${text.agency}</title>
        <link rel="icon" href="/assets/crest.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/site.css" />
        ${script === undefined ? "" : html`<script src="${script}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#content">${text.skip}</a>
        <header>
          <p class="demo">${text.demo}</p>
          <div class="top">
            <a class="brand" href="/${language}"
              ><img src="/assets/crest.svg" alt="" width="40" height="40" /><span>${text.agency}</span></a
            >
            <a class="language" href="/${other}${path}" lang="${other}" hreflang="${other}">${text.otherLanguage}</a>
          </div>
        </header>
        <main id="content">${content}</main>
        <footer class="bottom"><span>${text.agency}</span><a href="/${language}/clerk">${text.clerkLink}</a></footer>
      </body>
    </html> `.text
}
