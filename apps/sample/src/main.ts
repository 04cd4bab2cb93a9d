// What `npm start` runs.
import { readSettings, StartProblem } from "./settings.ts"
import { startSample } from "./startSample.ts"
import { networkHosts, welcome } from "./welcome.ts"

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
  console.log(welcome(await starting, settings, networkHosts()))
} catch (error) {
  if (!(error instanceof StartProblem)) throw error
  console.error(error.message)
  process.exitCode = 1
}
