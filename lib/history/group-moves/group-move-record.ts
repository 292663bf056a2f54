import type {
  GroupMovePartitions,
  GroupMovePreviewRequest,
  GroupMoveResult,
  GroupMoveState,
} from "#lib/api/plans/group-moves.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { Subject } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";

export interface GroupMoveEntryRecord {
  hub: string;
  group: string;
  store: string;
  to: string;
  /** Container and prefix of both sides at the preview: a store's id may mean another one later. */
  containers: { from: string; to: string };
  result: GroupMoveResult;
  isRunning: boolean;
  partitions: GroupMovePartitions;
  reason: Reason | null;
  warnings: Reason[];
  /**
   * The plan that is applied next, or was applied last. `resetIds`: the resets before its own, and its own
   * once it has ended.
   */
  planId: string | null;
  resetIds: string[];
  undo: GroupUndo | null;
}

/**
 * How a group's move is undone: each of its resets by a plan of its own, the last reset first. Null in an
 * entry: the group is moved. `laterPlanIds`: the plans that follow the entry's `planId`.
 */
export interface GroupUndo {
  resetIds: string[];
  laterPlanIds: string[];
}

export const notPlannedYet = () =>
  ({
    result: "pending",
    isRunning: false,
    partitions: { toMove: 0, blocked: 0, unchanged: 0, withoutCheckpoint: 0, written: 0 },
    reason: null,
    warnings: [],
    planId: null,
    resetIds: [],
    undo: null,
  }) satisfies Partial<GroupMoveEntryRecord>;

export interface GroupMoveHead extends Required<GroupMovePreviewRequest> {
  id: string;
  ownerKey: string;
  actor: string;
  subject: Subject | null;
  state: GroupMoveState;
  createdAt: EpochMs;
  expiresAt: EpochMs | null;
  startedAt: EpochMs | null;
  endedAt: EpochMs | null;
  stopAsked: { actor: string; at: EpochMs } | null;
  instance: string;
  heartbeat: number;
  undoes: string | null;
  /** The last undo of this one that was applied; not stored with it. */
  undoneBy: string | null;
}

export interface GroupMoveRecord extends GroupMoveHead {
  entries: GroupMoveEntryRecord[];
}
