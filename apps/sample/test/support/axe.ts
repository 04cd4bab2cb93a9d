import axe from "axe-core"
import type { Page } from "playwright-core"

interface Violation {
  readonly id: string
  readonly impact: string
  readonly places: ReadonlyArray<string>
}

const run = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => ({ id, impact, places: nodes.map((node) => node.target.join(" ")) })))`

/** What axe-core holds against the page as it is shown now, whatever its weight, one line each. */
export const barriers = async (page: Page): Promise<ReadonlyArray<string>> => {
  // axe measures colours as they are painted; one that is still fading in is not the page's.
  await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
  await page.evaluate(axe.source)
  const violations = await page.evaluate<ReadonlyArray<Violation>>(run)
  return violations.map(({ id, impact, places }) => `${impact} ${id}: ${places.join(", ")}`)
}
