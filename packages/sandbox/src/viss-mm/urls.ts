import type { Settings } from "./settings.ts"

/** An absolute http or https URL without user information. */
export const isCallableUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === ""
}

/**
 * ResponseUrl or ServerResponseUrl with the request's id, as plain text at the end. The guide's samples end in
 * `?id=`; what MM does to a URL without a trailing `=` is unknown (setting `appendId`).
 */
export const withId = (url: string, id: string, appendId: Settings["appendId"]): string =>
  appendId === "always" || (appendId === "auto" && url.endsWith("=")) ? url + id : url
