import type { CallbackFormat } from "./ProjectSettings.ts"
import { isWireObject, type WireObject } from "./WireJson.ts"

const without = (body: WireObject, [name = "", ...rest]: ReadonlyArray<string>): WireObject => {
  const inner = body[name]
  if (rest.length > 0) return isWireObject(inner) ? { ...body, [name]: without(inner, rest) } : body
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))
}

/** Support may leave out members of a project's callbacks and add others (ecommpay's questions and answers). Unsigned. */
export const compose = (body: WireObject, { extraMembers, omit }: CallbackFormat): WireObject => {
  const left = omit.reduce((kept, path) => without(kept, path.split(".")), body)
  return extraMembers ? { ...left, merchant_data: { segment: "A", tags: ["one", "two"] }, attempt: 1 } : left
}
