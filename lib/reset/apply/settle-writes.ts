import { setTimeout as wait } from "node:timers/promises";
import type { ContainerClient } from "@azure/storage-blob";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { GroupListing } from "#lib/checkpoint-store/listing/group-listing.ts";
import { wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { type Finding, findWrite, type NotedWrite } from "./blob-decides.ts";
import type { EntryOutcome } from "./entry-outcome.ts";
import { type WriteAnswer, writeEntry } from "./write-entry.ts";

const tries = 3;
const pauseMs = 700;
const atOnce = 16;

/** A write that the service did not answer with success, and what it answered at the last try. */
export interface OpenWrite {
  noted: NotedWrite;
  answer: Exclude<WriteAnswer, { answer: "written" }>;
  /** Of one of the tries it is not known whether it was written. */
  wasLost: boolean;
}

/** Whether it may have been written although no success was answered. */
export function isInDoubt(answer: WriteAnswer): boolean {
  return answer.answer === "lost" && !wasRefused(answer.error);
}

export interface SettleOptions {
  container: ContainerClient;
  /** One that tries once. */
  writer: ContainerClient;
  list(): Promise<GroupListing>;
  /** Called before a write is tried again. @throws ResetLost */
  confirm(): Promise<void>;
  mayTryAgain(): boolean;
  /** Called right before a write is tried again: why it must not be any more; null: it may. */
  whyNot(write: PlannedWrite): Promise<Reason | null>;
}

/**
 * Lets the blobs decide what came of writes. One that surely did not happen for a passing reason is tried again
 * under the same condition: whichever of the two arrives, what stands there afterwards is the same.
 */
export async function settleWrites(
  open: readonly OpenWrite[],
  options: SettleOptions,
): Promise<EntryOutcome[]> {
  const outcomes: EntryOutcome[] = [];
  let left = [...open];
  for (let round = 1; left.length > 0; round += 1) {
    if (round > 1) await wait(pauseMs * (round - 1));
    const listing = await listPatiently(options);
    const next: OpenWrite[] = [];
    const looked = await eachInFlight(left, atOnce, async (one) => ({
      one,
      finding: listing instanceof AppError ? listing : await look(one.noted, listing, options),
    }));
    for (const { one, finding } of looked) {
      const isLast = round === tries || !options.mayTryAgain();
      const outcome = outcomeOf(one, finding, isLast);
      if (outcome === null) next.push(one);
      else outcomes.push(outcome);
    }
    left = await tryAgain(next, options, outcomes);
  }
  return outcomes;
}

async function tryAgain(
  open: readonly OpenWrite[],
  { writer, confirm, whyNot }: SettleOptions,
  outcomes: EntryOutcome[],
): Promise<OpenWrite[]> {
  if (open.length === 0) return [];
  await confirm();
  const answered = await eachInFlight(open, atOnce, async ({ noted, answer: last, wasLost }) => {
    const why = await whyNot(noted.write);
    if (why === null) return { noted, wasLost, answer: await writeEntry(writer, noted) };
    const because = last.answer === "lost" ? failureOf(last.error) : refused(last.condition);
    const { partitionId } = noted.write;
    // Not a conflict: a first try that was given up may arrive yet, and is watched for.
    const told = reason("notTriedAgain", { because, notAgainBecause: why });
    outcomes.push({ partitionId, result: "failed", after: null, reason: told });
    return null;
  });
  return answered.flatMap((each) => {
    if (each === null) return [];
    const { noted, answer } = each;
    if (answer.answer !== "written") return [{ noted, answer, wasLost: each.wasLost || isInDoubt(answer) }];
    outcomes.push({
      partitionId: noted.write.partitionId,
      result: "written",
      after: answer.written,
      reason: null,
    });
    return [];
  });
}

/** Null: it is to be tried again. */
function outcomeOf(
  { noted, answer, wasLost }: OpenWrite,
  finding: Finding | AppError,
  isLast: boolean,
): EntryOutcome | null {
  const { partitionId } = noted.write;
  const not = (result: "conflict" | "failed" | "unknown", why: Reason): EntryOutcome => ({
    partitionId,
    result,
    after: null,
    reason: why,
  });
  if (finding instanceof AppError) {
    return not("unknown", reason("writeUnknown", { because: failureOf(finding) }));
  }
  switch (finding.found) {
    case "ours":
      return { partitionId, result: "written", after: finding.written, reason: null };
    case "gone":
      return not("conflict", reason("checkpointDeletedMeanwhile"));
    case "foreign":
      return wasLost
        ? not("unknown", reason("answerLost", { found: finding.what }))
        : not(
            "conflict",
            reason(finding.isReset ? "writtenByReset" : "writtenByOther", { found: finding.what }),
          );
    case "unmoved":
      if (answer.answer === "refused") return not("conflict", refused(answer.condition));
      if (answer.error.retryable && !isLast) return null;
      return not("failed", reason("nothingWritten", { because: failureOf(answer.error) }));
  }
}

function refused(condition: string): Reason {
  return reason("writeRefused", { condition });
}

async function look(
  noted: NotedWrite,
  listing: GroupListing,
  { container }: SettleOptions,
): Promise<Finding | AppError> {
  try {
    return await findWrite(container, noted, listing);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function listPatiently({ list }: SettleOptions): Promise<GroupListing | AppError> {
  for (let round = 1; ; round += 1) {
    try {
      return await list();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (round === tries || !error.retryable) return error;
      await wait(pauseMs * round);
    }
  }
}
