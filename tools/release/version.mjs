// Raises versions by the pending changesets and writes the lockfile that fits them; the release workflow runs it.
import { run, runBin } from "../setup/node.mjs"

const raised = runBin("@changesets/cli/bin.js", ["version"])
process.exitCode = raised === 0 ? run("npm", ["install", "--package-lock-only", "--no-audit", "--no-fund"]) : raised
