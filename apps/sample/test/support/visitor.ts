// A browser without a browser: keeps its cookies, follows nothing by itself.
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  readonly cookies: Map<string, string>
}

export const createVisitor = (address: string): Visitor => {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "))
    const response = await fetch(new URL(path, address), { ...init, headers, redirect: "manual" })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=", 2)
      cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) => send(path, { method: "POST", body: new URLSearchParams(fields), headers })
  }
}

/** The ticket in a form. */
export const ticketIn = (page: string): string => /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? ""

/** The case number that a ticket was issued for. */
export const referenceIn = (ticket: string): string => ticket.split("~")[1] ?? ""

export const goodFields = { variant: "house", firstName: "Anna", lastName: "Paraudziņa", email: "", way: "viss-mm" }

/** Opens the form of a service and submits it; answers the case number and the answer. */
export const orderAs = async (
  visitor: Visitor,
  fields: Record<string, string> = goodFields,
  service = "building-permit"
): Promise<{ readonly reference: string; readonly ticket: string; readonly response: Response }> => {
  const ticket = ticketIn(await (await visitor.get(`/en/services/${service}`)).text())
  const response = await visitor.post(`/en/services/${service}`, { ...fields, ticket })
  return { reference: referenceIn(ticket), ticket, response }
}
