// A process that tries saboteurs, one after another, as its parent asks: a saboteur may take its whole process with it.
import { suites } from "./suites.ts"
import type { Task, Told } from "./Pool.ts"

const tell = (told: Told): void => {
  process.send?.(told)
}

process.on("message", (task: Task) => {
  const subject = suites.find(({ name }) => name === task.suite)?.subjects.find(({ id }) => id === task.subject)
  if (subject === undefined) throw new Error(`There is no saboteur ${task.subject}.`)
  subject
    .trial(task.laws, (tried) => tell({ tried }))
    .then(
      () => tell({ isDone: true }),
      // The simulator itself broke: the parent takes it for the law that was being tried.
      () => process.exit(1)
    )
})
tell({ isDone: true })
