import { setTimeout as wait } from "node:timers/promises";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, listGroup, prefixesOf } from "#lib/checkpoint-store/listing/group-listing.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { retry } from "#lib/core/pause.ts";
import type { ResetPlace } from "../group/place.ts";
import { type Finding, findWrite, type NotedWrite } from "./blob-decides.ts";
import { type EntryOutcome, skipped } from "./entry-outcome.ts";
import { checkpointsIn } from "./group-observer.ts";
import type { OwnReset } from "./own-reset.ts";
import { racesOf, withRacers } from "./racers.ts";
import type { ResetOutcome, ResetRun } from "./reset-run.ts";
import { watchSecondsOf } from "./watch-seconds.ts";
import { longestWriteMs } from "./write-entry.ts";

const observedAtOnce = 16;
const listTries = 10;
const listPauseMs = 2_000;
/** A write of the dead dashboard may still arrive within this time. */
const settleMs = longestWriteMs + 500;

/**
 * Completes the record of a reset after its dashboard died. The blobs decide the result of each recorded write. Writes
 * not yet recorded are skipped: the operator decides about them. @throws ResetLost
 */
export async function recoverOffline({ own, place }: ResetRun): Promise<ResetOutcome> {
  const { entries } = own.reset;
  const writes = entries.flatMap(({ write }) => (write === null ? [] : [write]));
  const pending = entries.filter(({ result }) => result === "pending");
  await own.note(skipped(pending, reason("cutOffBefore")));
  const writing = entries.flatMap(({ result, write, before }): NotedWrite[] =>
    result === "writing" && write !== null ? [{ resetId: own.reset.id, write, before }] : [],
  );
  if (writing.length > 0) await settle(writing, own, place);
  if (place !== null) await noteRacers(own, place);
  return {
    state: "failed",
    reason: reason("cutOff", { mode: "offline" }),
    watchSeconds: place === null ? null : watchSecondsOf(place, writes),
  };
}

async function settle(
  writing: readonly NotedWrite[],
  own: OwnReset,
  place: ResetPlace | null,
): Promise<void> {
  if (place === null) {
    return own.note(writing.map(({ write }) => unknown(write.partitionId, reason("groupGone"))));
  }
  const { found: first, listing } = await find(writing, own, place);
  const decided = first.filter(({ finding }) => "found" in finding && finding.found !== "unmoved");
  await own.note(withRacersOf(writing, place, decided.map(outcomeOf), listing));
  const open = first.filter((each) => !decided.includes(each)).map(({ noted }) => noted);
  if (open.length === 0) return;
  await wait(settleMs);
  const last = await find(open, own, place);
  await own.note(withRacersOf(open, place, last.found.map(outcomeOf), last.listing));
}

/** Of writes whose result was recorded before the dead dashboard looked for them. When it deleted a blob is not known. */
async function noteRacers(own: OwnReset, place: ResetPlace): Promise<void> {
  const done = own.reset.entries.flatMap(({ partitionId, result, write, before, after, reason: told }) =>
    result === "written" && write !== null && after !== null && told === null
      ? [{ noted: { resetId: own.reset.id, write, before }, partitionId, after }]
      : [],
  );
  if (done.length === 0) return;
  const written = done.map(({ noted }) => noted);
  const outcomes = done.map(({ partitionId, after }): EntryOutcome => {
    return { partitionId, result: "written", after, reason: null };
  });
  const listing = await listPatiently(written, own, place);
  const told = withRacersOf(written, place, outcomes, listing);
  await own.note(told.filter((outcome) => !outcomes.includes(outcome)));
}

function withRacersOf(
  writing: readonly NotedWrite[],
  place: ResetPlace,
  outcomes: readonly EntryOutcome[],
  listing: GroupListing | AppError,
): readonly EntryOutcome[] {
  if (listing instanceof AppError) return outcomes;
  const races = racesOf(
    writing.map(({ write }) => write),
    place,
  );
  return withRacers(outcomes, [listing], (id) => races.get(id) ?? null);
}

interface Found {
  noted: NotedWrite;
  finding: Finding | AppError;
}

async function find(
  writing: readonly NotedWrite[],
  own: OwnReset,
  place: ResetPlace,
): Promise<{ found: Found[]; listing: GroupListing | AppError }> {
  const listing = await listPatiently(writing, own, place);
  const found = await eachInFlight(writing, observedAtOnce, async (noted): Promise<Found> => {
    if (listing instanceof AppError) return { noted, finding: listing };
    try {
      return { noted, finding: await findWrite(place.container, noted, listing) };
    } catch (error) {
      if (error instanceof AppError) return { noted, finding: error };
      throw error;
    }
  });
  return { found, listing };
}

/** Retries for a while if the store is down too, since only the blobs can tell. */
async function listPatiently(
  writing: readonly NotedWrite[],
  own: OwnReset,
  { container }: ResetPlace,
): Promise<GroupListing | AppError> {
  const prefixes = prefixesOf(checkpointsIn(writing.map(({ write }) => write)));
  const list = async () => {
    await own.confirm();
    return listGroup(container, prefixes);
  };
  return retry(list, { tries: listTries, pauseMs: () => listPauseMs }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

function outcomeOf({ noted: { write }, finding }: Found): EntryOutcome {
  const { partitionId } = write;
  if (finding instanceof AppError) {
    return unknown(partitionId, failureOf(finding));
  }
  switch (finding.found) {
    case "ours":
      return { partitionId, result: "written", after: finding.written, reason: null };
    case "unmoved":
      return { partitionId, result: "skipped", after: null, reason: reason("cutOffBefore") };
    case "gone":
      return unknown(partitionId, reason("checkpointDeletedSince"));
    case "foreign":
      return unknown(partitionId, reason("writtenSince", { found: finding.what }));
  }
}

function unknown(partitionId: string, because: Reason): EntryOutcome {
  return { partitionId, result: "unknown", after: null, reason: reason("cutOffUnknown", { because }) };
}
