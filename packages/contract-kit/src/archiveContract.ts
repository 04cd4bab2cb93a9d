import type { ArchiveCase, ArchiveUnderTest } from "./archive/ArchiveCase.ts"
import { erasing } from "./archive/erasing.ts"
import { keeping } from "./archive/keeping.ts"
import { tampering } from "./archive/tampering.ts"
import { registerCases } from "./registerCases.ts"

export interface ArchiveContractOptions {
  /** What the report calls the archive. */
  readonly name: string
  /** A new, empty archive for each case. */
  readonly make: () => Promise<ArchiveUnderTest>
}

/** Everything that an archive promises, as data: for another test runner, or to try the cases on a broken archive. */
export const archiveCases: ReadonlyArray<ArchiveCase> = [...keeping, ...erasing, ...tampering]

/**
 * Registers the archive suite with vitest. An archive that passes it can be given to `createPayments`.
 *
 * Each case gets an archive of its own. A case that needs to see the archive's files is reported as skipped, with the
 * reason, where `make` gives no `files`.
 */
export const archiveContract = ({ name, make }: ArchiveContractOptions): void =>
  registerCases(`archive contract: ${name}`, archiveCases, make)
