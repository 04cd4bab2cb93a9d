import type { Pki } from "./Pki.ts"
import type { World } from "./World.ts"

export interface SimulatorOptions {
  readonly pki: Pki
}

export interface RunningSimulator {
  /** Members that the simulator adds to the start line, by their name there (`{ vissMm: { ... } }`). */
  readonly ready: Record<string, unknown>
  /** For `GET /payments`: the true state, money moved, calls; personal data masked. */
  payments(): ReadonlyArray<object>
  payment(id: string): object | undefined
  close(): Promise<void>
}

/** One provider's servers. */
export interface Simulator {
  readonly name: "vissMm" | "ecommpay" | "bank"
  /** Adds its routes to the world's routers, listens where it needs ports of its own, and answers when it can be called. */
  start(world: World, options: SimulatorOptions): Promise<RunningSimulator>
}
