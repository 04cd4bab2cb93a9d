import { readFile, rename, writeFile } from "node:fs/promises"

/** How far the demonstration's clock is ahead of the real one, milliseconds; 0 if it was never turned. */
export const readClockOffset = async (file: string): Promise<number> => {
  try {
    const { offsetMillis } = JSON.parse(await readFile(file, "utf8")) as { readonly offsetMillis?: unknown } // checked below
    return typeof offsetMillis === "number" && offsetMillis > 0 ? Math.floor(offsetMillis) : 0
  } catch {
    return 0
  }
}

/** Kept over restarts: stored payments must not find themselves in the future. */
export const keepClockOffset = async (file: string, offsetMillis: number): Promise<void> => {
  await writeFile(`${file}.new`, JSON.stringify({ offsetMillis }))
  await rename(`${file}.new`, file)
}
