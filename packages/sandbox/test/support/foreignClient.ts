import { spawnSync } from "node:child_process"

/** Whether a program is here that can do what the test needs. */
export interface Found {
  /** Path or name of the program; `undefined` where none will do. */
  readonly program: string | undefined
  /** True where its tests are left out: it is missing, and nobody demanded it. */
  readonly isSkipped: boolean
}

/**
 * Looks for the first of `programs` that prints `ready` when called with `probe`. Where none does, one line says so
 * and the tests are left out, unless the environment variable `demand` is 1: then they run, and fail.
 */
export const findProgram = (wanted: {
  readonly what: string
  readonly programs: ReadonlyArray<string>
  readonly probe: ReadonlyArray<string>
  readonly demand: string
}): Found => {
  const program = wanted.programs.find(
    (name) => String(spawnSync(name, [...wanted.probe]).stdout ?? "").trim() === "ready"
  )
  const isDemanded = process.env[wanted.demand] === "1"
  if (program === undefined && !isDemanded) process.stdout.write(`${wanted.what}: skipped, it is not installed here\n`)
  return { program, isSkipped: program === undefined && !isDemanded }
}
