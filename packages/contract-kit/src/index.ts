export type { ArchiveCase, ArchiveUnderTest } from "./archive/ArchiveCase.ts"
export { archiveCases, archiveContract, type ArchiveContractOptions } from "./archiveContract.ts"
export type { BindingCase } from "./http/BindingCase.ts"
export type { BindingWorld, Server } from "./http/BindingWorld.ts"
export type { Desk, DeskOptions } from "./http/Desk.ts"
export type {
  Application,
  HttpBinding,
  ListeningApplication,
  Parser,
  ParserKind,
  ServedPayments,
  WebHandler
} from "./http/HttpBinding.ts"
export { bindingCases, checkHttpBinding, httpBindingContract, tryBindingCase } from "./httpBindingContract.ts"
export { type Law, lawPage } from "./provider/Law.ts"
export {
  type Canaries,
  defineProviderContract,
  type OrderScenario,
  type ProviderContract,
  type ProviderScenarios
} from "./provider/ProviderContract.ts"
export type {
  AttemptAtProvider,
  CredentialDefect,
  FaultKind,
  Forgery,
  Notice,
  PageSeen,
  PayerAct,
  PlannedFault,
  ProviderCall,
  ProviderFacts,
  ProviderOperation,
  ProviderTruth,
  ProviderTurn,
  RepaymentTruth,
  SandboxDriver
} from "./provider/SandboxDriver.ts"
export { historiesContract, type HistoriesContractOptions } from "./provider/histories/historiesContract.ts"
export { replayContract } from "./provider/histories/replayContract.ts"
export {
  type BrokenReport,
  type HistoriesOptions,
  type HistoriesReport,
  playHistory,
  runHistories
} from "./provider/histories/runHistories.ts"
export { type History, type Step, type StepName } from "./provider/histories/Step.ts"
export { type HistoryTrace } from "./provider/histories/traceHistory.ts"
export { openWorld, type WorldOptions } from "./provider/openWorld.ts"
export { portProblems } from "./provider/portProblems.ts"
export { type LawArea, lawAreas, providerLaws } from "./provider/providerLaws.ts"
export {
  type FlipOptions,
  type FlipResult,
  type ManifestFlip,
  manifestFlips,
  tryManifestFlips
} from "./provider/manifestFlips.ts"
export { type LawResult, makeReport, type Report, toJson, toMarkdown } from "./provider/Report.ts"
export { type RunOptions, runProviderContract, type Trial, trialsOf, tryLaw } from "./provider/runProviderContract.ts"
export type { Client, EngineChanges, OrderChanges, StoreControls, World } from "./provider/World.ts"
export { providerContract } from "./providerContract.ts"
export type { StoreCase, StoreUnderTest } from "./store/StoreCase.ts"
export { checkStore, storeCases, storeContract, type StoreContractOptions } from "./storeContract.ts"
