import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, afterEach, assert, beforeEach, describe, it } from "vitest"
import { launchBrowser } from "./browser.ts"

/** What each test has: a page in a context of its own. */
export interface InBrowser {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
}

/**
 * Describes tests in a real browser. Where none can be started they are left out, which fails if `MAKSA_REQUIRE_BROWSER` is
 * `1`.
 */
export const useBrowser = async (
  title: string,
  { timeout, ...options }: BrowserContextOptions & { readonly timeout?: number },
  tests: (use: InBrowser) => void
): Promise<void> => {
  const launched = await launchBrowser()
  const isMissing = "reason" in launched
  if (isMissing) console.log(`Left out, no browser could be started: ${title}: ${launched.reason}`)

  it("a browser is there wherever one is required", () => {
    assert.isFalse(process.env["MAKSA_REQUIRE_BROWSER"] === "1" && isMissing)
  })

  describe.skipIf(isMissing)(title, timeout === undefined ? {} : { timeout }, () => {
    // The suite does not run where there is no browser.
    const browser = launched as Browser
    let context: BrowserContext
    let page: Page
    afterAll(() => browser.close())
    beforeEach(async () => {
      context = await browser.newContext(options)
      page = await context.newPage()
    })
    afterEach(() => context.close())

    tests({
      browser,
      get context() {
        return context
      },
      get page() {
        return page
      }
    })
  })
}
