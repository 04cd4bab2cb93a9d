import { evidenceNames, publicState, stateNames, table } from "./table.ts"

/** The table as JSON for documentation and other languages: every state with every evidence. */
export const lifecycleJson = (): string =>
  JSON.stringify(
    {
      states: Object.fromEntries(stateNames.map((name) => [name, publicState[name]])),
      evidence: evidenceNames,
      rules: table
    },
    undefined,
    2
  ) + "\n"

/** The table as a Mermaid state diagram: one arrow per pair of states, labelled with the evidence that leads there. */
export const lifecycleMermaid = (): string => {
  const lines = ["stateDiagram-v2", "  [*] --> created"]
  for (const from of stateNames) {
    const arrows = new Map<string, Array<string>>()
    for (const evidence of evidenceNames) {
      const { to } = table[from][evidence]
      if (to !== from) arrows.set(to, [...(arrows.get(to) ?? []), evidence])
    }
    for (const [to, labels] of arrows) lines.push(`  ${from} --> ${to}: ${labels.join(", ")}`)
  }
  return lines.join("\n") + "\n"
}
