// `npm start`: builds what changed and runs the sample on the embedded defaults.
import { join } from "node:path"
import { nodePath, root, run, runBin } from "./setup/node.mjs"

const built = runBin("@typescript/native/bin/tsc", ["-b", "apps/sample"])
if (built !== 0) process.exit(built)
process.exitCode = run(nodePath, [join(root, "apps", "sample", "dist", "main.js")])
