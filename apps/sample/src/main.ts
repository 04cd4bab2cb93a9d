// What `npm start` runs.
import { readSettings, type Settings, StartProblem } from "./settings.ts"
import { type RunningSample, startSample } from "./startSample.ts"

const welcome = ({ address, port }: RunningSample, settings: Settings): string => {
  const moved =
    settings.port !== 0 && port !== settings.port ? `Port ${settings.port} is taken; this is ${port}.\n` : ""
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(settings.host)
  const elsewhere = isLocal
    ? ""
    : "\n  The simulated providers' pages can be opened on this machine only, whatever HOST says.\n"
  return `${moved}
  Maksa's sample is ready: a municipality's fee page, with simulated providers. No money moves.

  Open ${address}
    1. Choose a fee, enter any name, choose VISS MM, and continue.
    2. Choose a bank, confirm the payment, and download the receipt.
    3. Do it again with ecommpay.
${elsewhere}
  Clerk's view, where the clock can be turned: ${address}/clerk
  Data is in ${settings.dataFolder}. Ctrl+C ends the sample.
`
}

try {
  const settings = readSettings(process.env)
  const starting = startSample(settings)
  let isEnding = false
  // Before it is ready: whoever started it may end it at once.
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    starting
      .then((sample) => sample.close())
      .then(
        () => process.exit(0),
        () => process.exit(1)
      )
  }
  process.once("SIGINT", end)
  process.once("SIGTERM", end)
  console.log(welcome(await starting, settings))
} catch (error) {
  if (!(error instanceof StartProblem)) throw error
  console.error(error.message)
  process.exitCode = 1
}
