import type { Selectable } from "kysely";
import { fromStoredText, toStoredText } from "#lib/api/reasons/stored.ts";
import type { Tables } from "../storage/tables.ts";
import type { BeforeImage, EntryRecord, EntryResult, ResetHead } from "./reset-record.ts";

type Details = Pick<
  ResetHead,
  "hub" | "group" | "mode" | "handlerSeconds" | "target" | "createdOn" | "subject" | "stopAsked"
>;

export function headRow(head: ResetHead): Tables["resets"] {
  const { hub, group, mode, handlerSeconds, target, createdOn, subject } = head;
  const details: Details = { hub, group, mode, handlerSeconds, target, createdOn, subject };
  return {
    id: head.id,
    plan_id: head.planId,
    address: head.address,
    store: head.store,
    consumer_group: group.toLowerCase(),
    state: head.state,
    actor: head.actor,
    started_at: head.startedAt,
    ended_at: head.endedAt,
    watched_until: head.watchedUntil,
    message: head.reason && toStoredText(head.reason),
    instance: head.instance,
    heartbeat: head.heartbeat,
    revision: head.revision,
    details: JSON.stringify(details),
  };
}

export function toHead(row: Selectable<Tables["resets"]>): ResetHead {
  const details = JSON.parse(row.details) as Details;
  return {
    ...details,
    subject: details.subject ?? null,
    id: row.id,
    planId: row.plan_id,
    address: row.address,
    store: row.store,
    state: row.state as ResetHead["state"],
    actor: row.actor,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    watchedUntil: row.watched_until,
    reason: row.message === null ? null : fromStoredText(row.message),
    instance: row.instance,
    heartbeat: row.heartbeat,
    revision: row.revision,
  };
}

export function entryRow(resetId: string, ordinal: number, entry: EntryRecord): Tables["reset_entries"] {
  return {
    reset_id: resetId,
    partition_id: entry.partitionId,
    ordinal,
    planned: toJson(entry.write),
    before_image: toJson(entry.before),
    after_image: toJson(entry.after),
    live: toJson(entry.live),
    result: entry.result,
    message: entry.reason && toStoredText(entry.reason),
    last_owner_id: entry.lastOwnerId,
  };
}

export function toEntry(row: Selectable<Tables["reset_entries"]>): EntryRecord {
  const image = fromJson<BeforeImage & { lastOwnerId?: string | null }>(row.before_image);
  const { lastOwnerId = null, ...before } = image ?? {};
  return {
    partitionId: row.partition_id,
    write: fromJson(row.planned),
    result: row.result as EntryResult,
    before: image === null ? null : (before as BeforeImage),
    lastOwnerId: row.last_owner_id ?? lastOwnerId,
    after: fromJson(row.after_image),
    reason: row.message === null ? null : fromStoredText(row.message),
    live: fromJson(row.live),
  };
}

export function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
