import { type ChildProcessByStdio, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Readable, Writable } from "node:stream"

export type Program = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts a program of this folder with the sources of the workspace. */
export const runProgram = (name: string, ...args: ReadonlyArray<string>): Program =>
  spawn(
    process.execPath,
    ["--conditions=@maksa/source", fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), ...args],
    { stdio: ["pipe", "pipe", "pipe"] }
  )

/** Everything that a stream says until it ends. */
export const readAll = async (stream: Readable): Promise<string> => {
  const chunks: Array<string> = []
  for await (const chunk of stream.setEncoding("utf8")) chunks.push(String(chunk))
  return chunks.join("")
}

export const exitOf = (program: Program): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => program.once("close", (code, signal) => resolve(signal ?? code)))
