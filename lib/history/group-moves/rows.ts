import type { Selectable } from "kysely";
import type { GroupMoveResult, GroupMoveState } from "#lib/api/plans/group-moves.ts";
import { fromStored, toWire } from "#lib/api/reasons/reason.ts";
import type { Tables } from "../storage/tables.ts";
import type { GroupMoveEntryRecord, GroupMoveHead } from "./group-move-record.ts";

type HeadDetails = Pick<GroupMoveHead, "from" | "to" | "groups" | "whenRunning" | "subject">;
type EntryDetails = Omit<GroupMoveEntryRecord, "result" | "planId">;

export type HeadRow = Selectable<Tables["group_moves"]> & { undone_by: string | null };

export function headRow(head: GroupMoveHead): Tables["group_moves"] {
  const { from, to, groups, whenRunning, subject } = head;
  return {
    id: head.id,
    owner_key: head.ownerKey,
    actor: head.actor,
    state: head.state,
    created_at: head.createdAt,
    expires_at: head.expiresAt,
    started_at: head.startedAt,
    ended_at: head.endedAt,
    instance: head.instance,
    heartbeat: head.heartbeat,
    stop_asked: head.stopAsked && JSON.stringify(head.stopAsked),
    undoes: head.undoes,
    details: JSON.stringify({ from, to, groups, whenRunning, subject } satisfies HeadDetails),
  };
}

export function toHead(row: HeadRow): GroupMoveHead {
  return {
    ...(JSON.parse(row.details) as HeadDetails),
    id: row.id,
    ownerKey: row.owner_key,
    actor: row.actor,
    state: row.state as GroupMoveState,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    stopAsked: row.stop_asked === null ? null : (JSON.parse(row.stop_asked) as GroupMoveHead["stopAsked"]),
    instance: row.instance,
    heartbeat: row.heartbeat,
    undoes: row.undoes,
    undoneBy: row.undone_by,
  };
}

export function entryColumns({ result, planId, ...entry }: GroupMoveEntryRecord) {
  const details = {
    ...entry,
    reason: entry.reason && toWire(entry.reason),
    warnings: entry.warnings.map((one) => toWire(one)),
  };
  return { result, plan_id: planId, details: JSON.stringify(details) };
}

export function toEntry(row: Selectable<Tables["group_move_entries"]>): GroupMoveEntryRecord {
  const { reason, warnings, ...details } = JSON.parse(row.details) as EntryDetails;
  return {
    ...details,
    // Absent in rows before version 10.
    undo: details.undo ?? null,
    reason: fromStored(reason),
    warnings: warnings.flatMap((one) => fromStored(one) ?? []),
    result: row.result as GroupMoveResult,
    planId: row.plan_id,
  };
}
