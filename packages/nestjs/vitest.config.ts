import { mergeConfig } from "vitest/config"
import { project } from "../../vitest.shared.ts"

// Vite takes the decorator setting from the tsconfig that includes a file; the tests are not in that of the sources.
export default mergeConfig(project("nestjs"), { oxc: { decorator: { legacy: true } } })
