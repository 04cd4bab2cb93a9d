import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"

export interface Fonts {
  readonly regular: Uint8Array<ArrayBuffer>
  readonly bold: Uint8Array<ArrayBuffer>
}

const resolve = createRequire(import.meta.url).resolve

const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)))

let loaded: Promise<Fonts> | undefined

/** DejaVu Sans, which has Latvian and Russian letters and the euro sign; read once per process, embedded as a subset. */
export const loadFonts = (): Promise<Fonts> => {
  loaded ??= Promise.all([read("DejaVuSans"), read("DejaVuSans-Bold")]).then(
    ([regular, bold]) => ({ regular, bold }),
    (error: unknown) => {
      // A file that could not be read now may be readable at the next document.
      loaded = undefined
      throw error
    }
  )
  return loaded
}
