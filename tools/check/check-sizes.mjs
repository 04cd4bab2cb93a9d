// A hand-written source over 300 lines says why near its top: "Over 300 lines because ...".
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { filesUnder, shown, workspacePackages } from "./workspace.mjs"

export const limit = 300

/** Whether a source is short enough or gives its reason in the first ten lines. */
export const isFine = (text) => {
  const lines = text.split("\n")
  if (lines.at(-1) === "") lines.pop()
  return lines.length <= limit || /\bOver 300 lines because \w/.test(lines.slice(0, 10).join("\n"))
}

export default async () =>
  workspacePackages()
    .flatMap(({ folder }) => filesUnder(join(folder, "src"), [".ts", ".tsx", ".mts"]))
    .filter((file) => !isFine(readFileSync(file, "utf8")))
    .map((file) => `${shown(file)} has over ${limit} lines and its header does not say "Over 300 lines because ..."`)
