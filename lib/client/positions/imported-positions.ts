import type { Positions } from "#lib/api/plans/positions.ts";

/** A re-created hub of the same name is another one. */
export type HubIdentity = Pick<Positions, "fullyQualifiedNamespace" | "eventHubName" | "createdOn">;

export interface ImportedPositions {
  hub: HubIdentity | null;
  consumerGroup: string | null;
  exportedAt: string | null;
  positions: Positions["positions"];
}

export type Imported = { file: ImportedPositions } | { problems: string[] };
