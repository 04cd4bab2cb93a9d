import type { Server } from "node:http"
import { type Settings, StartProblem } from "./settings.ts"

const portsToTry = 20

const tryPort = (server: Server, host: string, port: number): Promise<number | "taken"> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve("taken")
      else reject(new StartProblem(`Cannot listen on ${host}, port ${port}: ${error.code ?? "unknown error"}.`))
    }
    server.once("error", onError)
    server.listen(port, host, () => {
      server.off("error", onError)
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })

const patienceMillis = 2000

/** Takes no new connections and waits a moment for requests under way. Safe to repeat. */
export const stopListening = async (server: Server): Promise<void> => {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patienceMillis)
  await closed
  clearTimeout(timer)
}

/** Listens and answers the port: the wanted one, or the next free one unless it was asked for by name. */
export const listen = async (
  server: Server,
  { host, isPortFixed, port }: Pick<Settings, "host" | "isPortFixed" | "port">
): Promise<number> => {
  const candidates = isPortFixed ? [port] : Array.from({ length: portsToTry }, (_, index) => port + index)
  for (const candidate of candidates) {
    // Trying ports one after another is the point: the first free one wins.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await tryPort(server, host, candidate)
    if (answer !== "taken") return answer
  }
  throw new StartProblem(
    isPortFixed
      ? `Port ${port} is taken by another program. Stop it, or choose another one: PORT=${port + 1} npm start.`
      : `Ports ${port} to ${port + portsToTry - 1} are all taken. Choose one: PORT=8080 npm start.`
  )
}
