import type { Positions } from "#lib/api/plans/positions.ts";

/** The hub that a file is of: a hub made anew under the same name is another one. */
export type HubIdentity = Pick<Positions, "fullyQualifiedNamespace" | "eventHubName" | "createdOn">;

/** What a file says, whichever form it has. */
export interface ImportedPositions {
  /** Null: it does not say. */
  hub: HubIdentity | null;
  consumerGroup: string | null;
  exportedAt: string | null;
  positions: Positions["positions"];
}

export type Imported = { file: ImportedPositions } | { problems: string[] };
