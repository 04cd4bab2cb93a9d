import { execFileSync } from "node:child_process"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"

const folder = join(import.meta.dirname, "..", "..", "..", "..", "docs", "pictures")

/** Pictures for the documentation are taken only when asked for, so that a test run leaves the tree as it was. */
const isWanted = process.env["MAKSA_PICTURES"] === "1"

/** Keeps what the window shows now, or the whole page, as `docs/pictures/<name>.png`. */
export const keepPicture = async (page: Page, name: string, part: "window" | "whole" = "window"): Promise<void> => {
  if (!isWanted) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: part === "whole" })
}

/** Keeps the first page of a PDF; needs `pdftoppm`. */
export const keepPdfPicture = async (bytes: Uint8Array, name: string): Promise<void> => {
  if (!isWanted) return
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name}.pdf`)
  await writeFile(file, bytes)
  execFileSync("pdftoppm", ["-png", "-r", "70", "-f", "1", "-singlefile", file, join(folder, name)])
  await rm(file)
}
