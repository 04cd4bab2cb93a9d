import type { RequestHandler } from "express"

/** Headers of every page: nothing from elsewhere, no inline script or style, nothing framed, no address told onwards. */
export const securityHeaders =
  (payerOrigins: ReadonlyArray<string>): RequestHandler =>
  (_request, response, next) => {
    response.set({
      "content-security-policy": [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        // The order form is answered by a redirect to the provider, and browsers hold redirects against this too.
        `form-action 'self' ${payerOrigins.join(" ")}`,
        "base-uri 'none'",
        "frame-ancestors 'none'"
      ].join("; "),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff"
    })
    next()
  }

/** Refuses forms that another site posts; browsers say where a form comes from. */
export const refuseForeignForms: RequestHandler = (request, response, next) => {
  const from = request.get("sec-fetch-site")
  if (request.method === "POST" && from !== undefined && from !== "same-origin" && from !== "none") {
    response.status(403).type("text").send("This form was sent from another site.")
    return
  }
  next()
}
