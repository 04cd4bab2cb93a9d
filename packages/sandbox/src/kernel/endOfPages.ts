import type { ErrorRequestHandler } from "express"
import { pageHeaders } from "../bank/html.ts"
import type { World } from "./World.ts"

const page = (text: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${text}</title></head><body><main><h1>${text}</h1></main></body></html>`

/** What payers see where no simulator has a page, and when one fails: never a stack trace. */
export const endOfPages = (world: World): void => {
  world.pages.use((_request, response) => {
    response.status(404).set(pageHeaders).send(page("There is no such page"))
  })
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    world.log(`page failed: ${error instanceof Error ? error.message : "unknown"}`)
    response.status(500).set(pageHeaders).send(page("The page failed"))
  }
  world.pages.use(onError)
}
