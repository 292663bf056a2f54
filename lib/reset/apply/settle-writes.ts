import type { ContainerClient } from "@azure/storage-blob";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { GroupListing } from "#lib/checkpoint-store/listing/group-listing.ts";
import { wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { pause, retry } from "#lib/core/pause.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { Patience } from "../group/patience.ts";
import { type Finding, findWrite, type NotedWrite } from "./blob-decides.ts";
import { type EntryOutcome, written } from "./entry-outcome.ts";
import { type WriteAnswer, writeEntry } from "./write-entry.ts";

const atOnce = 16;

/** A write without success, and the answer to its last try. `wasLost`: one of the tries got no answer. */
export interface OpenWrite {
  noted: NotedWrite;
  answer: Exclude<WriteAnswer, { answer: "written" }>;
  wasLost: boolean;
}

/** True when the write may have happened although no success was answered. */
export function isInDoubt(answer: WriteAnswer): boolean {
  return answer.answer === "lost" && !wasRefused(answer.error);
}

/**
 * `writer` tries once. `confirm` is called before a write is tried again, and throws ResetLost. `stop` aborts
 * when nothing may be tried again. `whyNot` is called right before another try; null: the write may be tried
 * again.
 */
export interface SettleOptions {
  container: ContainerClient;
  writer: ContainerClient;
  list(): Promise<GroupListing>;
  confirm(): Promise<void>;
  patience: Patience;
  stop: AbortSignal;
  whyNot(write: PlannedWrite): Promise<Reason | null>;
}

/**
 * Lets the blobs decide the results of writes. Retries a write that surely failed for a passing reason, under the same
 * condition: whichever try arrives, the blob ends up the same.
 */
export async function settleWrites(
  open: readonly OpenWrite[],
  options: SettleOptions,
): Promise<EntryOutcome[]> {
  const outcomes: EntryOutcome[] = [];
  const { patience, stop } = options;
  const began = performance.now();
  let left = [...open];
  for (let round = 1; left.length > 0; round += 1) {
    if (round > 1) await pause(patience.pauseMs(round - 1), stop);
    const listing = await patiently(() => options.list(), options);
    const next: OpenWrite[] = [];
    const looked = await eachInFlight(left, atOnce, async (one) => ({
      one,
      finding: listing instanceof AppError ? listing : await look(one.noted, listing, options),
    }));
    for (const { one, finding } of looked) {
      const isLate = performance.now() - began >= patience.forMs;
      const isLast = round >= patience.tries || isLate || stop.aborted;
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
  options: SettleOptions,
  outcomes: EntryOutcome[],
): Promise<OpenWrite[]> {
  if (open.length === 0) return [];
  await options.confirm();
  const left: OpenWrite[] = [];
  const barred: { one: OpenWrite; why: Reason }[] = [];
  await eachInFlight(open, atOnce, async (one) => {
    const { noted, wasLost } = one;
    const why = await options.whyNot(noted.write);
    if (why !== null) return void barred.push({ one, why });
    const answer = await writeEntry(options.writer, noted);
    if (answer.answer !== "written")
      return void left.push({ noted, answer, wasLost: wasLost || isInDoubt(answer) });
    outcomes.push(written(noted.write, answer));
  });
  // What bars another try may be the first one, which arrived after the last look.
  const listing = barred.length === 0 ? null : await patiently(() => options.list(), options);
  for (const { one, why } of barred) {
    const finding =
      listing === null || listing instanceof AppError ? listing : await look(one.noted, listing, options);
    outcomes.push(barredOutcome(one, why, finding));
  }
  return left;
}

function barredOutcome(one: OpenWrite, why: Reason, finding: Finding | AppError | null): EntryOutcome {
  const { noted, answer } = one;
  const isMoved = finding !== null && "found" in finding && finding.found !== "unmoved";
  const decided = isMoved ? outcomeOf(one, finding, true) : null;
  if (decided !== null) return decided;
  const because = answer.answer === "lost" ? failureOf(answer.error) : refused(answer.condition);
  if (mayArriveUnseen(one)) return inDoubt(one, because);
  // No conflict: an abandoned first try may still arrive, and the watch looks for it.
  const told = reason("notTriedAgain", { because, notAgainBecause: why });
  return { partitionId: noted.write.partitionId, result: "failed", after: null, reason: told };
}

/** A try that was given up may still arrive. The watch finds a signed checkpoint, but neither of these. */
function mayArriveUnseen({ noted, wasLost }: OpenWrite): boolean {
  return wasLost && noted.write.act !== undefined;
}

function inDoubt({ noted: { write } }: OpenWrite, because: Reason): EntryOutcome {
  const why = reason("writeMayArrive", { because });
  return { partitionId: write.partitionId, result: "unknown", after: null, reason: why };
}

/** Null when the write should be tried again. */
function outcomeOf(one: OpenWrite, finding: Finding | AppError, isLast: boolean): EntryOutcome | null {
  const { noted, answer, wasLost } = one;
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
      // Identical content, or a deletion, of somebody else's: none of our tries arrived.
      if (noted.write.act !== undefined && !wasLost) return not("conflict", whyNone(answer));
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
      if (mayArriveUnseen(one)) return inDoubt(one, failureOf(answer.error));
      return not("failed", reason("nothingWritten", { because: failureOf(answer.error) }));
  }
}

function whyNone(answer: OpenWrite["answer"]): Reason {
  return answer.answer === "refused"
    ? refused(answer.condition)
    : reason("nothingWritten", { because: failureOf(answer.error) });
}

function refused(condition: string): Reason {
  return reason("writeRefused", { condition });
}

function look(noted: NotedWrite, listing: GroupListing, options: SettleOptions): Promise<Finding | AppError> {
  return patiently(() => findWrite(options.container, noted, listing), options);
}

async function patiently<T>(
  read: () => Promise<T>,
  { patience, stop }: Pick<SettleOptions, "patience" | "stop">,
): Promise<T | AppError> {
  return retry(read, { ...patience, stop }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}
