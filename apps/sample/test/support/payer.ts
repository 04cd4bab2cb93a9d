// What a person does in the browser, on our pages and on the providers'.
import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"

/** Presses what carries `data-action`, the first of them. */
export const press = (page: Page, action: string): Promise<void> =>
  page.locator(`[data-action="${action}"]`).first().click()

export interface Wish {
  readonly language?: "lv" | "en"
  readonly service?: "building-permit" | "dog-registration" | "archive-copies"
  readonly way?: "viss-mm" | "payment-page" | "bank-link"
  readonly bank?: "swedbank" | "seb" | "rietumu"
  readonly variant?: string
  readonly quantity?: string
}

/** Who pays and how, on the order form and on the form of a further try. */
export const fillPayer = async (page: Page, { bank, way = "viss-mm" }: Wish): Promise<void> => {
  await page.fill('[name="firstName"]', "Anna")
  await page.fill('[name="lastName"]', "Paraudziņa")
  await page.check(`[name="way"][value="${way}"]`)
  if (bank !== undefined) await page.selectOption('[name="bank"]', bank)
}

/** Opens the form of a service and fills it in, up to the button. */
export const fillForm = async (page: Page, address: string, wish: Wish): Promise<void> => {
  const { language = "en", quantity, service = "building-permit", variant } = wish
  await page.goto(`${address}/${language}/services/${service}`)
  if (variant !== undefined) await page.check(`[name="variant"][value="${variant}"]`)
  if (quantity !== undefined) await page.fill('[name="quantity"]', quantity)
  await fillPayer(page, wish)
}

/** Orders a fee: afterwards the payer is on the provider's page. */
export const order = async (page: Page, address: string, wish: Wish): Promise<void> => {
  await fillForm(page, address, wish)
  await press(page, "pay")
  await page.waitForURL((url) => url.origin !== address)
}

/** At the provider's page: chooses the first bank and says yes or no on the bank's page. */
export const decideAtBank = async (page: Page, result: "pay" | "refuse" | "leave"): Promise<void> => {
  await press(page, "choose-bank")
  await press(page, result)
}

/** Waits until the payment's own page says so. */
export const waitForStatus = async (page: Page, status: string): Promise<void> => {
  await page.waitForURL(/\/orders\/[A-Z]{2}-/)
  await page.waitForSelector(`.state[data-status="${status}"]`, { timeout: 20_000 })
}

/** Presses a download and answers the file. */
export const download = async (
  page: Page,
  action: string
): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, action)])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

export const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText()

/** Turns the demonstration's clock on the clerk's page. */
export const turnClock = async (page: Page, address: string, by: string): Promise<void> => {
  await page.goto(`${address}/en/clerk`)
  await page.selectOption('[name="by"]', by)
  await press(page, "turn")
  await page.waitForURL(/\/clerk$/)
}
