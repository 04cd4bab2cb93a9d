// The server and the clients of the bench, by turns.
import { messageOf, type Pace, start, type Turn, type Way } from "./processes.ts"

export interface World {
  /** Lets one client call for so long, alone. */
  readonly pace: (way: Way, turn: Turn) => Promise<Pace>
  readonly close: () => void
}

/** `server`: the program of the server, and which ways to call it there are. */
export const openWorld = async (program: string, ways: ReadonlyArray<Way>): Promise<World> => {
  const server = start(program)
  const listening = await messageOf(server)
  if (!("place" in listening)) throw new Error("the server said something else")
  const clients = new Map(ways.map((way) => [way, start("./client.ts", [way], listening.place)]))
  return {
    pace: async (way, turn) => {
      const client = clients.get(way)
      if (client === undefined) throw new Error(`no client ${way}`)
      client.send(turn)
      const message = await messageOf(client)
      if (!("pace" in message)) throw new Error("the client said something else")
      return message.pace
    },
    close: () => {
      for (const one of [...clients.values(), server]) one.disconnect()
    }
  }
}
