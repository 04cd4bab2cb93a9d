import type { ProjectSettings } from "./ProjectSettings.ts"

/** A merchant's project at the platform. The secrets stay for the life of the sandbox, the settings may be changed. */
export interface Project {
  readonly projectId: number
  readonly secret: string
  readonly dataToken: string
  readonly dataSecret: string
  settings: ProjectSettings
}

export type FindProject = (projectId: number) => Project | undefined
