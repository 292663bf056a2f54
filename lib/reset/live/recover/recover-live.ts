import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ownershipBesides } from "#lib/checkpoint-store/hold-ownership.ts";
import { type GroupListing, listGroup } from "#lib/checkpoint-store/listing/group-listing.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { retry } from "#lib/core/pause.ts";
import type { EntryRecord } from "#lib/history/resets/reset-record.ts";
import { skipped } from "#lib/reset/apply/entry-outcome.ts";
import { neededIn } from "#lib/reset/apply/group-observer.ts";
import type { ResetOutcome, ResetRun } from "#lib/reset/apply/reset-run.ts";
import { watchSecondsOf } from "#lib/reset/apply/watch-seconds.ts";
import { guardSecondsOf } from "#lib/reset/group/guard-seconds.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { workingSeconds } from "#lib/reset/group/working-seconds.ts";
import { PartitionDrive } from "#lib/reset/live/drive-partition.ts";
import { type LiveRunnerOptions, limitsOf } from "#lib/reset/live/limits.ts";
import { fromRecord } from "#lib/reset/live/progress.ts";
import type { LiveState } from "#lib/reset/live/state.ts";
import { steadyClock } from "#lib/reset/live/steady-clock.ts";
import { GroupWatch } from "#lib/reset/live/watch/group-watch.ts";
import { lastOf, livePrefixes } from "#lib/reset/live/waves.ts";
import { recovered } from "./recovered.ts";

const readLimitMs = 20_000;
const readTries = 15;
const readPauseMs = 2_000;

interface Leftover {
  entry: EntryRecord;
  state: LiveState;
}

/**
 * Clears up after a dashboard died during a live reset: closes fences that the service may still see
 * attached, releases what is still ours, and lets the blobs decide each partition's result. @throws ResetLost
 */
export async function recoverLive(run: ResetRun, options: LiveRunnerOptions): Promise<ResetOutcome> {
  const { own, place } = run;
  const leftovers: Leftover[] = [];
  const untouched: EntryRecord[] = [];
  for (const entry of own.reset.entries) {
    if (entry.result !== "pending" && entry.result !== "writing") continue;
    const state = fromRecord(entry.live);
    if (state === null || state.step === "waiting" || entry.write === null) untouched.push(entry);
    else leftovers.push({ entry, state });
  }
  await own.note(skipped(untouched, reason("cutOffBefore")).map((each) => ({ ...each, live: null })));
  const why = reason("cutOff", { mode: "live" });
  if (leftovers.length === 0) return { state: "failed", reason: why, watchSeconds: null };
  const now = place === null ? null : await readPatiently(place, leftovers, own);
  if (place === null || now === null) {
    const because: Reason = reason(place === null ? "groupGone" : "notLookedAt");
    const told = reason("cutOffUnknown", { because });
    await own.note(
      leftovers.map(({ entry: { partitionId } }) => ({
        partitionId,
        result: "unknown",
        after: null,
        reason: told,
      })),
    );
    return { state: "failed", reason: told, watchSeconds: null };
  }
  await clearUp(run, place, options, leftovers, now);
  return { state: "failed", reason: why, watchSeconds: watchSecondsOf(place) };
}

interface Now {
  prefixes: string[];
  listing: GroupListing;
  hub: HubReading | null;
}

async function clearUp(
  { own, stop }: ResetRun,
  place: ResetPlace,
  { settings, limits: over }: LiveRunnerOptions,
  leftovers: readonly Leftover[],
  { prefixes, listing, hub }: Now,
): Promise<void> {
  const clock = steadyClock();
  const watch = new GroupWatch(place.container, prefixes, clock);
  const expirationSeconds = guardSecondsOf(place);
  const drives = leftovers.flatMap(({ entry: { partitionId, write, after }, state }) => {
    if (write === null) return [];
    const pace = {
      handlerSeconds: own.reset.handlerSeconds ?? 0,
      checkpointSeconds: workingSeconds(place, partitionId),
      expirationSeconds,
    };
    const limits = { ...limitsOf(settings, pace), ...over };
    const ownershipBlob = ownershipBesides(write.blobName, partitionId);
    const ownership = listing.blobs.get(ownershipBlob);
    const isOurs = ownership?.metadata.get("ownerid")?.trim() === state.ownerId;
    return [
      new PartitionDrive(
        recovered(state, isOurs ? ownership.etag : null, reason("cutOffAmid"), { now: clock(), limits }),
        {
          own,
          container: place.container,
          watch,
          partition: { resetId: own.reset.id, write, ownershipBlob },
          limits,
          expirationSeconds,
          openFence: (options) => place.openFence(options),
          lastSequenceNumber: lastOf(hub, partitionId),
          after,
          clock,
        },
      ),
    ];
  });
  const onStop = () => {
    const why = reason("clearUpStopped");
    for (const drive of drives) drive.post({ type: "breakOff", reason: why, isHurried: true });
  };
  stop.addEventListener("abort", onStop, { once: true });
  watch.start();
  try {
    const runs = await Promise.allSettled(drives.map((drive) => drive.run({ type: "tick" })));
    for (const run of runs) if (run.status === "rejected") throw run.reason;
  } finally {
    stop.removeEventListener("abort", onStop);
    await watch.stop();
  }
}

/** Retries for a while, since without the store nothing can be judged or released. */
async function readPatiently(
  place: ResetPlace,
  leftovers: readonly Leftover[],
  own: ResetRun["own"],
): Promise<Now | null> {
  const writes = leftovers.flatMap(({ entry: { write } }) => (write === null ? [] : [write]));
  const read = async (): Promise<Now> => {
    await own.confirm();
    const { groups } = await place.readStore(AbortSignal.timeout(readLimitMs));
    const group = groups.get(place.group.toLowerCase()) ?? null;
    const prefixes = livePrefixes(writes, group);
    const listing = await listGroup(place.container, prefixes);
    // Only tells where the streams end, so clearing up goes on without it.
    const hub = await place.readHub(null, neededIn(writes)).catch(() => null);
    return { prefixes, listing, hub };
  };
  return retry(read, { tries: readTries, pauseMs: () => readPauseMs }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
}
