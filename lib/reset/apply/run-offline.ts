import type { ContainerClient } from "@azure/storage-blob";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, withoutRetries } from "#lib/checkpoint-store/listing/group-listing.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { retry } from "#lib/core/pause.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord } from "#lib/history/resets/reset-record.ts";
import { type Patience, shippedPatience } from "../group/patience.ts";
import type { ResetPlace } from "../group/place.ts";
import { replaced } from "./before-image.ts";
import type { NotedWrite } from "./blob-decides.ts";
import { type EntryOutcome, skipped, written } from "./entry-outcome.ts";
import { GroupObserver } from "./group-observer.ts";
import { judgeEntry } from "./judge-entry.ts";
import type { Observation } from "./observation.ts";
import type { OwnReset } from "./own-reset.ts";
import { type Race, racesOf, UncheckedWrites, withRacers } from "./racers.ts";
import { recoverOffline } from "./recover-offline.ts";
import { type ResetOutcome, type ResetRun, startOrRecover } from "./reset-run.ts";
import { isInDoubt, type OpenWrite, settleWrites } from "./settle-writes.ts";
import { watchSecondsOf } from "./watch-seconds.ts";
import { writeEntry } from "./write-entry.ts";

const batchSize = 48;
const writesAtOnce = 16;
const mostObservations = 4;

const stopped = reason("dashboardStopped");

/** Resets a stopped group. @throws ResetLost */
export async function runOffline(run: ResetRun): Promise<ResetOutcome> {
  return startOrRecover(run, recoverOffline, (place, writes) => new OfflineRun(run, place, writes).run());
}

/** Works in batches: observes again, records what will be replaced, writes, records the results. */
class OfflineRun {
  readonly #own: OwnReset;
  readonly #stop: AbortSignal;
  readonly #place: ResetPlace;
  readonly #writes: readonly PlannedWrite[];
  readonly #observation: GroupObserver;
  readonly #writer: ContainerClient;
  readonly #patience: Patience;
  /** True once something has failed for all of the patience: the rest needn't wait as long for the same outage. */
  #isOut = false;
  readonly #races: ReadonlyMap<string, Race>;
  readonly #unchecked = new UncheckedWrites();
  /** The listing after the last writes. It says nothing about writes that were under way. */
  #listingAmid: GroupListing | null = null;

  constructor(
    { own, stop, source = null, patience = shippedPatience }: ResetRun,
    place: ResetPlace,
    writes: readonly PlannedWrite[],
  ) {
    this.#own = own;
    this.#stop = stop;
    this.#place = place;
    this.#writes = writes;
    this.#races = racesOf(writes, place);
    this.#observation = new GroupObserver(place, writes, source);
    this.#writer = withoutRetries(place.container);
    this.#patience = patience;
  }

  async run(): Promise<ResetOutcome> {
    for (let start = 0; start < this.#writes.length; start += batchSize) {
      const rest = this.#writes.slice(start);
      if (this.#stop.aborted) return this.#breakOff(rest, stopped);
      const now = await this.#observe(start === 0);
      if (now instanceof AppError) {
        return this.#breakOff(
          rest,
          reason("groupUnread", { errorCode: now.code, errorMessage: now.message }),
        );
      }
      if (now.listing !== this.#listingAmid) await this.#noteRacers(now.listing);
      const noted = await this.#prepare(rest.slice(0, batchSize), now);
      await this.#own.note(await this.#write(noted, now));
      if (this.#unchecked.isDue) await this.#noteRacers(await this.#listed());
    }
    await this.#noteRacersAtLast();
    if (this.#stop.aborted) return this.#breakOff([], stopped);
    return { state: "done", reason: null, watchSeconds: watchSecondsOf(this.#place, this.#writes) };
  }

  async #breakOff(rest: readonly PlannedWrite[], why: Reason): Promise<ResetOutcome> {
    await this.#own.note(skipped(rest, why));
    await this.#noteRacersAtLast();
    return { state: "failed", reason: why, watchSeconds: watchSecondsOf(this.#place, this.#writes) };
  }

  #observe(isFirst: boolean): Promise<Observation | AppError> {
    return this.#patiently(async () => {
      if (isFirst) await this.#observation.open();
      return this.#observation.observe();
    });
  }

  /** Reads again while a failure may pass, and returns the last one. */
  async #patiently<T>(read: () => Promise<T>): Promise<T | AppError> {
    const { tries, ...patience } = this.#patience;
    try {
      const value = await retry(read, { ...patience, tries: this.#isOut ? 1 : tries, stop: this.#stop });
      this.#isOut = false;
      return value;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#isOut ||= error.retryable;
      return error;
    }
  }

  /** Stores the before-images of what may be written, and returns those writes. The rest gets its result here. */
  async #prepare(batch: readonly PlannedWrite[], now: Observation): Promise<NotedWrite[]> {
    const judged = await eachInFlight(batch, writesAtOnce, (write) => this.#judge(write, now));
    const free = judged.flatMap((each) => ("write" in each ? [each] : []));
    await this.#own.note([
      ...judged.flatMap((each) => ("write" in each ? [] : [each])),
      ...free.map(({ write: { partitionId }, before, lastOwnerId }) => ({
        partitionId,
        result: "writing" as const,
        before,
        lastOwnerId,
      })),
    ]);
    return free.map(({ write, before }) => ({ write, before, resetId: this.#own.reset.id }));
  }

  async #judge(
    write: PlannedWrite,
    now: Observation,
  ): Promise<(Omit<NotedWrite, "resetId"> & Pick<EntryRecord, "lastOwnerId">) | EntryOutcome> {
    const { partitionId } = write;
    const judgement = judgeEntry(write, this.#own.reset.createdOn, now);
    if (judgement.verdict !== "free") {
      return { partitionId, result: judgement.verdict, after: null, reason: judgement.reason };
    }
    const before = await this.#patiently(() => replaced(this.#place.container, write, judgement));
    if (!(before instanceof AppError)) return { write, ...before };
    const result = before.code === "conflict" ? "conflict" : "failed";
    const why = reason("nothingWritten", { because: failureOf(before) });
    return { partitionId, result, after: null, reason: why };
  }

  async #write(noted: readonly NotedWrite[], seen: Observation): Promise<readonly EntryOutcome[]> {
    const open: OpenWrite[] = [];
    const outcomes = await eachInFlight(noted, writesAtOnce, async (each): Promise<EntryOutcome[]> => {
      if (this.#stop.aborted) return skipped([each.write], stopped);
      const judged = await this.#judgeAgain(each.write, seen);
      if (judged === "lost") return [];
      if (judged !== null) return [{ partitionId: each.write.partitionId, after: null, ...judged }];
      const answer = await writeEntry(this.#writer, each);
      if (answer.answer === "written") return [written(each.write, answer)];
      open.push({ noted: each, answer, wasLost: isInDoubt(answer) });
      return [];
    });
    await this.#own.confirm();
    const done = outcomes.flat();
    if (open.length === 0) {
      this.#unchecked.add(done);
      this.#listingAmid = this.#observation.listing;
      return done;
    }
    // Settling takes its time, and processors that have claimed renew meanwhile.
    const listings = [await this.#listed()];
    const settled = await settleWrites(open, {
      container: this.#place.container,
      writer: this.#writer,
      list: async () => {
        const listing = await this.#observation.listAnew();
        listings.push(listing);
        return listing;
      },
      confirm: () => this.#own.confirm(),
      patience: this.#patience,
      stop: this.#stop,
      whyNot: async (write) => {
        const judged = await this.#judgeAgain(write, null);
        if (judged === "lost") return reason("takenOver");
        return judged?.reason ?? null;
      },
    });
    const all = [...done, ...settled];
    this.#unchecked.add(all);
    this.#listingAmid = this.#observation.listing;
    const listed = listings.filter((listing) => listing !== null);
    return withRacers(all, listed, this.#raceOf);
  }

  /**
   * Right before a write (lib/reset/README.md#offline): by a recent observation, however long it took to note what
   * is replaced. Null: it may be written. `lost` is told again, and thrown, by the `confirm` that follows.
   */
  async #judgeAgain(
    write: PlannedWrite,
    seen: Observation | null,
  ): Promise<{ result: "conflict" | "failed"; reason: Reason } | "lost" | null> {
    for (let observations = 0; observations < mostObservations; observations += 1) {
      const now = await this.#observe(false);
      if (now instanceof AppError)
        return { result: "failed", reason: reason("nothingWritten", { because: failureOf(now) }) };
      if (now !== seen) {
        const judgement = judgeEntry(write, this.#own.reset.createdOn, now);
        if (judgement.verdict !== "free") return { result: judgement.verdict, reason: judgement.reason };
      }
      if (!(await this.#isOurs())) return "lost";
      if (this.#observation.isFresh) return null;
    }
    return { result: "failed", reason: reason("storeTooSlow") };
  }

  readonly #raceOf = (partitionId: string): Race | null => this.#races.get(partitionId) ?? null;

  async #listed(): Promise<GroupListing | null> {
    return this.#observation.listAnew().catch(() => null);
  }

  /** @param listing of after all writes so far; null: it failed, and is made up for */
  async #noteRacers(listing: GroupListing | null): Promise<void> {
    if (listing === null || this.#unchecked.isEmpty) return;
    await this.#own.note(this.#unchecked.check(listing, this.#raceOf));
  }

  /** No later listing makes up for this one, so a passing failure must not end it. */
  async #noteRacersAtLast(): Promise<void> {
    if (this.#unchecked.isEmpty) return;
    const listing = await this.#patiently(() => this.#observation.listAnew());
    await this.#noteRacers(listing instanceof AppError ? null : listing);
  }

  async #isOurs(): Promise<boolean> {
    return this.#own.confirm().then(
      () => true,
      () => false,
    );
  }
}
