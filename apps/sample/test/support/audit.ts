// What tests look at in a page. It runs in the browser, so it is text: this file then needs no types of the browser.
import type { Page } from "playwright-core"
import { assert } from "vitest"
import { barriers } from "./axe.ts"

/** Runs in the page: what has the focus, by its action, id or words, and how that is shown. */
export const focused = `(() => {
  const one = document.activeElement
  return [one.dataset.action ?? (one.id || one.textContent.trim()), getComputedStyle(one).outlineStyle]
})()`

const audit = `({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  main: document.querySelectorAll("main").length,
  title: document.title,
  unlabelled: [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter((field) => ![...field.labels].some((label) => label.innerText.trim() !== "")).map((field) => field.name),
  nameless: [...document.querySelectorAll("a, button")].filter((one) => (one.innerText + one.textContent).trim() === "").length,
  withoutAlt: [...document.images].filter((image) => !image.hasAttribute("alt")).length,
  dangling: [...document.querySelectorAll("[aria-describedby]")]
    .flatMap((one) => one.getAttribute("aria-describedby").split(" ")).filter((id) => document.getElementById(id) === null),
  doubled: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, index, all) => all.indexOf(id) !== index),
  inline: document.querySelectorAll("[style], style, script:not([src]), [onclick]").length,
  overflow: document.documentElement.scrollWidth > document.documentElement.clientWidth
})`

/** The words of what sticks out of the window or of its own box sideways. */
export const cutOff = (selector: string): string => `[...document.querySelectorAll("${selector}")].filter((one) => {
  const { left, right } = one.getBoundingClientRect()
  return left < 0 || right > document.documentElement.clientWidth || one.scrollWidth > one.clientWidth
}).map((one) => one.innerText.trim())`

/** The rows of the payer's own payments whose status does not stand beside the reference, at the list's edge. */
export const ragged = `[...document.querySelectorAll(".own li")].filter((row) => {
  const [reference, badge] = ["a", ".badge"].map((one) => row.querySelector(one).getBoundingClientRect())
  return badge.top >= reference.bottom || Math.abs(badge.right - row.getBoundingClientRect().right) > 1
}).map((row) => row.innerText)`

export const checkPage = async (page: Page, language: string, name: string): Promise<void> => {
  const found = await page.evaluate<Record<string, unknown>>(audit)
  const { title, ...rest } = found
  assert.isNotEmpty(title, name)
  assert.deepEqual(
    rest,
    {
      lang: language,
      headings: 1,
      main: 1,
      unlabelled: [],
      nameless: 0,
      withoutAlt: 0,
      dangling: [],
      doubled: [],
      inline: 0,
      overflow: false
    },
    name
  )
  assert.deepEqual(await barriers(page), [], name)
}
