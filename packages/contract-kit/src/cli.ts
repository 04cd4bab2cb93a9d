// `maksa-contract`: tries the contract that a module exports, outside any test runner.
import { histories } from "./cli/histories.ts"
import { UsageError } from "./cli/loadContract.ts"
import { run } from "./cli/run.ts"

const usage = `Usage: maksa-contract run FILE [--json FILE] [--markdown FILE] [--law ID]...
       maksa-contract histories FILE [--count N] [--seed N] [--minutes N] [--json FILE]
       maksa-contract histories FILE --seed N --path PATH

FILE is a module that exports \`contract\`, made by defineProviderContract. \`run\` tries every law, \`histories\` plays
random histories (2,000 unless told otherwise) or repeats the one that a failure printed. Ends with 1 if a promise is
broken, with 2 if nothing could be tried.`

const commands: Readonly<Record<string, (file: string, args: ReadonlyArray<string>) => Promise<boolean>>> = {
  run,
  histories
}

const main = async (): Promise<void> => {
  const [name = "", file, ...args] = process.argv.slice(2)
  if (name === "--help") return console.log(usage)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined || file === undefined || file.startsWith("--")) throw new UsageError(usage)
  process.exitCode = (await command(file, args)) ? 0 : 1
}

try {
  await main()
} catch (cause) {
  const isUsage = cause instanceof UsageError || (cause instanceof TypeError && "code" in cause)
  console.error(cause instanceof Error ? ((isUsage ? undefined : cause.stack) ?? cause.message) : String(cause))
  process.exitCode = 2
}
