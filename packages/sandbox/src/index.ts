export { startSandbox, type ReadyLine, type Sandbox, type SandboxOptions } from "./startSandbox.ts"
export { controlClient, type ControlClient, ControlRefusal, type PlannedRule } from "./ControlClient.ts"
export {
  openSimulatorClient,
  type SentNotification,
  type SimulatorCall,
  type SimulatorClient
} from "./SimulatorClient.ts"
export { parseDuration, type Clock } from "./kernel/Clock.ts"
export type { Call } from "./kernel/Calls.ts"
export type { FaultRule, Faults } from "./kernel/Faults.ts"
export type { NotificationAttempt, NotificationRecord, NotificationRequest } from "./kernel/Notifications.ts"
export type { ClientFiles, ClientName } from "./kernel/Pki.ts"
