import { samplesOwnersActivity } from "./migrations/1-samples-owners-activity.ts";
import { hubSnapshots } from "./migrations/2-hub-snapshots.ts";
import { resets } from "./migrations/3-resets.ts";
import { incidents } from "./migrations/4-incidents.ts";
import { remembered } from "./migrations/5-remembered.ts";
import { lastOwners } from "./migrations/6-last-owners.ts";
import { goneGroups } from "./migrations/7-gone-groups.ts";
import { acknowledgements } from "./migrations/8-acknowledgements.ts";
import { groupMoves } from "./migrations/9-group-moves.ts";
import { undoOfGroupMoves } from "./migrations/10-undo-of-group-moves.ts";
import { chunksByTime } from "./migrations/11-chunks-by-time.ts";
import { ownerChangesByTime } from "./migrations/12-owner-changes-by-time.ts";
import type { Migration } from "./migrations/migration.ts";

/** The n-th migrates from version n to n + 1. Released ones are never edited. */
export const migrations: readonly Migration[] = [
  samplesOwnersActivity,
  hubSnapshots,
  resets,
  incidents,
  remembered,
  lastOwners,
  goneGroups,
  acknowledgements,
  groupMoves,
  undoOfGroupMoves,
  chunksByTime,
  ownerChangesByTime,
];
