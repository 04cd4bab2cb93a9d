import * as Data from "effect/Data"
import * as Result from "effect/Result"

/** A URL cannot be given to MM. `message` does not hold it: it may carry a token. */
export class CallbackUrlRefused extends Data.TaggedError("CallbackUrlRefused")<{ readonly message: string }> {}

const refuse = (message: string): Result.Result<string, CallbackUrlRefused> =>
  Result.fail(new CallbackUrlRefused({ message }))

/** The parameter that comes last and empty. */
export const idParameter = "id"

/**
 * Makes a ResponseUrl or ServerResponseUrl of an absolute http(s) URL: `https://agency.lv/x` becomes
 * `https://agency.lv/x?id=`.
 *
 * **Details** MM appends the id of the payment request as plain text to the end of the URL (the guide's samples end in
 * `?id=`), so a parameter must stand last and empty, and a fragment would swallow it. User information, blanks and a
 * parameter `id` of the URL's own are refused as well.
 */
export const callbackUrl = (url: string): Result.Result<string, CallbackUrlRefused> => {
  const parsed = /[\s"<>\\^`{|}]/.test(url) ? null : URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return refuse("The URL is not an absolute http(s) URL")
  if (parsed.username !== "" || parsed.password !== "") return refuse("The URL has user information")
  if (url.includes("#")) return refuse("The URL has a fragment, into which MM would write its id")
  if (parsed.search !== "" && parsed.searchParams.has(idParameter))
    return refuse(`The URL has a parameter ${idParameter} of its own`)
  const separator = !url.includes("?") ? "?" : /[?&]$/.test(url) ? "" : "&"
  return Result.succeed(`${url}${separator}${idParameter}=`)
}
