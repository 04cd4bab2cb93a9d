// Several processes that try saboteurs. Whoever takes too long, or dies, was noticed by the law that was being tried.
import { type ChildProcess, fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Tried } from "./Subject.ts"

export interface Task {
  readonly suite: string
  readonly subject: string
  readonly laws: ReadonlyArray<string>
}

/** What a process says: a law was tried, or it is free. */
export type Told = { readonly tried: Tried } | { readonly isDone: true }

export type Heard = (task: Task, tried: Tried) => void

/** Longer than any law may take, with its two ways to order and the end of its world. */
const silenceMillis = 90_000

const work = fileURLToPath(new URL("work.ts", import.meta.url))

/** Works through the tasks of one queue until it is empty. */
const worker = (queue: Array<Task>, heard: Heard): Promise<void> =>
  new Promise((resolve, reject) => {
    let task: Task | undefined
    let left: Array<string> = []
    let child: ChildProcess
    let timer: NodeJS.Timeout | undefined

    const watch = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill("SIGKILL"), silenceMillis)
    }
    const next = (): void => {
      if (left.length === 0) {
        task = queue.shift()
        left = [...(task?.laws ?? [])]
      }
      clearTimeout(timer)
      if (task === undefined) {
        child.removeAllListeners()
        child.kill()
        return resolve()
      }
      child.send({ ...task, laws: left } satisfies Task)
      watch()
    }
    const start = (): void => {
      child = fork(work, { stdio: ["ignore", "ignore", "inherit", "ipc"] })
      child.on("message", (told: Told) => {
        if ("isDone" in told) return next()
        left = left.filter((law) => law !== told.tried.law)
        watch()
        if (task !== undefined) heard(task, told.tried)
      })
      child.on("error", reject)
      child.on("exit", () => {
        clearTimeout(timer)
        const [law] = left
        if (task === undefined || law === undefined)
          return reject(new Error("A process ended before it had anything to do."))
        left = left.slice(1)
        heard(task, { law, isKilled: true, error: "the process did not answer" })
        start()
      })
    }
    start()
  })

export const tryAll = async (tasks: ReadonlyArray<Task>, processes: number, heard: Heard): Promise<void> => {
  const queue = [...tasks]
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, () => worker(queue, heard)))
}
