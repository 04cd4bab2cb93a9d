import { project } from "../../vitest.shared.ts"

// One file after another: each starts an application of its own, and one of them a browser.
export default project("sample", { fileParallelism: false, testTimeout: 60_000 })
