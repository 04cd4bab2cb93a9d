import { escapeHtml } from "../../bank/html.ts"
import type { PageLook } from "../Journey.ts"
import { pageTexts } from "./texts.ts"

/** Sizes and contrast modes that MM's links may ask for (guide, 2.2). */
export const fontSizes = ["font-size-100", "font-size-125", "font-size-150"] as const
export const contrastModes = ["black-on-yellow", "yellow-on-black"] as const

const style = `
*{box-sizing:border-box}
:root{--page:#f3f1ec;--card:#fff;--text:#1d2433;--soft:#535d6e;--line:#d8d4ca;--main:#8c1d33;--on-main:#fff;--note:#fff2c9}
html{font-size:100%}
html.font-size-125{font-size:125%}
html.font-size-150{font-size:150%}
html.black-on-yellow{--page:#ffee00;--card:#ffee00;--text:#000;--soft:#000;--line:#000;--main:#000;--on-main:#ffee00;--note:#ffee00}
html.yellow-on-black{--page:#000;--card:#000;--text:#ffee00;--soft:#ffee00;--line:#ffee00;--main:#ffee00;--on-main:#000;--note:#000}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.note{margin:0;background:var(--note);border-bottom:1px solid var(--line);text-align:center;padding:.45rem 1rem;font-size:.9rem}
.top,main{max-width:46rem;margin:0 auto;padding:1rem 1.25rem}
.top{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;flex-wrap:wrap}
.top strong{font-size:1.1rem}
a{color:var(--main)}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1.5rem;margin-bottom:1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.15rem;margin:0 0 .4rem}
dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.45rem 1rem;margin:0 0 1.25rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}
caption{text-align:left;color:var(--soft);padding-bottom:.3rem}
th,td{text-align:left;padding:.5rem .5rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0}
tfoot th,tfoot td{font-size:1.2rem;font-weight:700;border-bottom:0}
.banks{list-style:none;margin:1rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(12rem,100%),1fr));gap:.75rem}
button,.button{display:block;width:100%;min-height:3rem;padding:.65rem 1rem;border-radius:.35rem;border:2px solid var(--main);
font:inherit;font-weight:600;cursor:pointer;text-align:center;text-decoration:none;background:var(--card);color:var(--main)}
button small{display:block;font-weight:400}
button:not(.quiet):hover,.button:hover,.own{background:var(--main);color:var(--on-main)}
button.quiet{background:transparent;border-color:transparent;font-weight:400;text-decoration:underline}
:focus-visible{outline:3px solid #1667c7;outline-offset:2px}
.card>p:first-child{margin-top:0}
.soft{color:var(--soft);margin:0}
.warn{border-left:4px solid var(--main);padding:.25rem 0 .25rem .75rem;margin:0 0 1rem}
@media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}.card{padding:1rem}
table,caption,tbody,tfoot{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr,tfoot tr{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
tbody td,tfoot th,tfoot td{border:0;padding:0}
tbody td:nth-child(2){grid-column:1;grid-row:1}tbody td:nth-child(4){grid-column:2;grid-row:1}
tbody td:nth-child(3){grid-column:1;grid-row:2;text-align:left}tbody td:nth-child(1){grid-column:2;grid-row:2;text-align:right}
tbody td:nth-child(1),tbody td:nth-child(3){color:var(--soft)}}
@media(max-width:30rem){html:is(.font-size-125,.font-size-150) tr{display:block}
html:is(.font-size-125,.font-size-150) :is(td,tfoot th){display:block;text-align:left}}
`

/** One page of the module; `state` is for tests that want to know what the page is about. */
export const layout = (options: {
  readonly look: PageLook
  readonly state: string
  readonly heading: string
  readonly content: string
  /** The same page in the other language. */
  readonly otherLanguageUrl?: string
}): string => {
  const { content, heading, look, otherLanguageUrl, state } = options
  const texts = pageTexts[look.language]
  const classes = [look.fs, look.bm].filter((name) => name !== undefined).join(" ")
  const other = look.language === "LAT" ? "en" : "lv"
  const link =
    otherLanguageUrl === undefined
      ? ""
      : `<a href="${escapeHtml(otherLanguageUrl)}" lang="${other}" data-action="language">${escapeHtml(texts.otherLanguage)}</a>`
  return `<!DOCTYPE html>
<html lang="${texts.lang}" class="${escapeHtml(classes)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(heading)} · ${escapeHtml(texts.title)}</title><style>${style}</style></head>
<body><header><p class="note">${escapeHtml(texts.sandbox)}</p>
<div class="top"><strong>${escapeHtml(texts.title)}</strong>${link}</div></header>
<main data-state="${escapeHtml(state)}"><h1>${escapeHtml(heading)}</h1>
${content}</main></body></html>
`
}
