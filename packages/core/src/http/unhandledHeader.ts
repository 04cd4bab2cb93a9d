/** Marks the 404 of a route that is not ours, with the value `unhandled`, so that a binding can hand the request on. */
export const unhandledHeader = "x-maksa"
