import { randomBytes } from "node:crypto";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ownershipBesides } from "#lib/checkpoint-store/hold-ownership.ts";
import { AppError } from "#lib/core/app-error.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { type HubReading, partitionIdsOf } from "#lib/core/hub-reading.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { recoverLive } from "#lib/reset/live/recover/recover-live.ts";
import { GroupWatch } from "#lib/reset/live/watch/group-watch.ts";
import { type EntryOutcome, skipped } from "../apply/entry-outcome.ts";
import { neededIn } from "../apply/group-observer.ts";
import { judgeStream } from "../apply/judge-entry.ts";
import type { OwnReset } from "../apply/own-reset.ts";
import { planFaults } from "../apply/plan-faults.ts";
import { type ResetOutcome, type ResetRun, type ResetRunner, startOrRecover } from "../apply/reset-run.ts";
import { StopWish } from "../apply/stop-wish.ts";
import { watchSecondsOf } from "../apply/watch-seconds.ts";
import { guardSecondsOf } from "../group/guard-seconds.ts";
import { isPast } from "../group/is-past.ts";
import { waveSize } from "../group/live-pace.ts";
import type { ResetPlace } from "../group/place.ts";
import { workingSeconds } from "../group/working-seconds.ts";
import { PartitionDrive } from "./drive-partition.ts";
import { type LiveLimits, type LiveRunnerOptions, limitsOf } from "./limits.ts";
import { toRecord } from "./progress.ts";
import { initialState, type WaitingState } from "./state.ts";
import { steadyClock } from "./steady-clock.ts";
import { finish } from "./turn.ts";
import { lastOf, livePrefixes, openIn, openReason, troubleIn } from "./waves.ts";

const readLimitMs = 30_000;
const defaultHandlerSeconds = 30;

/** Resets groups whose processors go on running (lib/reset/README.md#live). */
export function createLiveRunner(options: LiveRunnerOptions): ResetRunner {
  return (run) =>
    startOrRecover(
      run,
      (taken) => recoverLive(taken, options),
      (place, writes) => new LiveRun(run, place, writes, options).run(),
    );
}

function unread(code: "groupUnread" | "hubUnread", { code: errorCode, message: errorMessage }: AppError) {
  return reason(code, { errorCode, errorMessage });
}

interface Started {
  partitionId: string;
  drive: PartitionDrive;
}

/** Runs the waves in order. The next begins once the last has ended well. */
class LiveRun {
  readonly #own: OwnReset;
  readonly #place: ResetPlace;
  readonly #stop: AbortSignal;
  readonly #wish: StopWish;
  readonly #options: LiveRunnerOptions;
  readonly #writes: readonly PlannedWrite[];
  readonly #states = new Map<string, WaitingState>();
  readonly #clock = steadyClock();
  #prefixes: string[] = [];
  #faults = new Map<string, Reason>();
  readonly #stoodAt = new Map<string, number | null>();
  #hasWritten = false;
  readonly #openIds: string[] = [];

  constructor(
    { own, stop, wish = new StopWish() }: ResetRun,
    place: ResetPlace,
    writes: readonly PlannedWrite[],
    options: LiveRunnerOptions,
  ) {
    this.#own = own;
    this.#place = place;
    this.#stop = stop;
    this.#wish = wish;
    this.#options = options;
    this.#writes = writes;
  }

  async run(): Promise<ResetOutcome> {
    const opened = await this.#open();
    if (opened instanceof AppError) {
      return this.#breakOff(this.#writes, unread("groupUnread", opened));
    }
    const size = waveSize(this.#options.settings.partitionsAtOnce, partitionIdsOf(opened).length);
    await this.#tellWaves(size, opened);
    for (let start = 0; start < this.#writes.length; start += size) {
      const rest = this.#writes.slice(start);
      if (this.#stop.aborted) return this.#breakOff(rest, reason("dashboardStopped"));
      const stopped = this.#stoppedBy();
      if (stopped !== null) return this.#breakOff(rest, stopped);
      const hub = start === 0 ? opened : await this.#readHub();
      if (hub instanceof AppError) {
        return this.#breakOff(rest, unread("hubUnread", hub));
      }
      const trouble = await this.#wave(rest.slice(0, size), hub, Math.max(0, rest.length - size));
      if (trouble !== null)
        return this.#breakOff(
          rest.slice(size),
          this.#wish.now.aborted ? (this.#stoppedBy() ?? trouble) : trouble,
        );
    }
    return { state: "done", reason: openReason(this.#openIds), watchSeconds: this.#watchSeconds() };
  }

  #stoppedBy(): Reason | null {
    const { asked } = this.#wish;
    return asked && reason("stopAskedFor", { actor: asked.actor, when: asked.when });
  }

  async #breakOff(rest: readonly PlannedWrite[], why: Reason): Promise<ResetOutcome> {
    const outcomes = skipped(rest, reason("notBegun", { because: why }));
    await this.#own.note(outcomes.map((outcome) => ({ ...outcome, ...this.#ended(outcome) })));
    return { state: "failed", reason: why, watchSeconds: this.#watchSeconds() };
  }

  #watchSeconds(): number | null {
    return this.#hasWritten ? watchSecondsOf(this.#place) : null;
  }

  async #open(): Promise<HubReading | AppError> {
    try {
      const reading = await this.#place.readStore(AbortSignal.timeout(readLimitMs));
      this.#faults = planFaults(this.#writes, reading, this.#place, guardSecondsOf(this.#place));
      const group = reading.groups.get(this.#place.group.toLowerCase()) ?? null;
      this.#prefixes = livePrefixes(this.#writes, group);
      for (const { partitionId, sequenceNumber } of group?.checkpoints.values() ?? [])
        this.#stoodAt.set(partitionId, sequenceNumber);
      return await this.#place.readHub(...this.#hubReading());
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  async #readHub(): Promise<HubReading | AppError> {
    return this.#place.readHub(...this.#hubReading()).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
  }

  #hubReading(): Parameters<ResetPlace["readHub"]> {
    const ids = neededIn(this.#writes);
    return ids === undefined ? [null] : [null, ids];
  }

  /** Stores every partition's wave, so that the page shows the order. */
  async #tellWaves(size: number, hub: HubReading): Promise<void> {
    const now = this.#clock();
    const changes = this.#writes.map((write, index) => {
      const { partitionId, sequenceNumber: target, isForward = false, isAhead = false } = write;
      const wave = Math.floor(index / size) + 1;
      const ownerId = holdingOwnerId(this.#own.reset.id, partitionId, randomBytes(4).toString("hex"));
      const hasUnread = (lastOf(hub, partitionId) ?? target) > target;
      const state = initialState({ wave, ownerId, target, hasUnread, isForward, isAhead }, now);
      this.#states.set(partitionId, state);
      return { partitionId, live: toRecord(state, this.#limits(partitionId)) };
    });
    await this.#own.note(changes);
  }

  #ended({ partitionId, result, reason: why }: EntryOutcome) {
    const state = this.#states.get(partitionId);
    if (state === undefined) return {};
    const end = { result, reason: why, isVerified: false };
    return { live: toRecord(finish(state, this.#clock(), end).state, this.#limits(partitionId)) };
  }

  #limits(partitionId: string): LiveLimits {
    const { settings, limits } = this.#options;
    const pace = {
      handlerSeconds: this.#own.reset.handlerSeconds ?? defaultHandlerSeconds,
      checkpointSeconds: workingSeconds(this.#place, partitionId),
      expirationSeconds: guardSecondsOf(this.#place),
    };
    return { ...limitsOf(settings, pace), ...limits };
  }

  /** Returns why no further wave begins. Null: every partition goes on from its target. */
  async #wave(writes: readonly PlannedWrite[], hub: HubReading, rest: number): Promise<Reason | null> {
    const { createdOn } = this.#own.reset;
    const judged = writes.map((write) => {
      const fault = this.#faults.get(write.partitionId);
      const moved = fault === undefined ? null : { verdict: "conflict" as const, reason: fault };
      return { write, verdict: judgeStream(write, createdOn, hub) ?? moved ?? this.#judgeProgress(write) };
    });
    const outcomes = judged.flatMap(({ write: { partitionId }, verdict }): EntryOutcome[] =>
      verdict === null ? [] : [{ partitionId, result: verdict.verdict, after: null, reason: verdict.reason }],
    );
    await this.#own.note(outcomes.map((outcome) => ({ ...outcome, ...this.#ended(outcome) })));
    const watch = new GroupWatch(this.#place.container, this.#prefixes, this.#clock);
    const drives = judged.flatMap(({ write, verdict }) =>
      verdict === null ? [this.#drive(write, hub, watch)] : [],
    );
    const onStop = () => {
      const why = reason("dashboardStoppedAmid");
      for (const { drive } of drives) drive.post({ type: "breakOff", reason: why, isHurried: true });
    };
    const onWish = () => {
      const why = reason("stopAskedForAmid", { actor: this.#wish.asked?.actor ?? "Somebody" });
      // Released partitions are observed to their end, since nothing is held there.
      for (const { drive } of drives.filter((one) => one.drive.isBeforeRelease))
        drive.post({ type: "breakOff", reason: why, isHurried: false });
    };
    this.#stop.addEventListener("abort", onStop, { once: true });
    this.#wish.now.addEventListener("abort", onWish, { once: true });
    if (this.#wish.now.aborted) onWish();
    watch.start();
    try {
      const runs = await Promise.allSettled(drives.map(({ drive }) => drive.run({ type: "start" })));
      // By then the others have ended too, even if one failed.
      for (const run of runs) if (run.status === "rejected") throw run.reason;
      const states = runs.flatMap((run, index) =>
        run.status === "fulfilled"
          ? [{ partitionId: drives[index]?.partitionId ?? "", state: run.value }]
          : [],
      );
      if (states.some(({ state }) => state.hasStood)) this.#hasWritten = true;
      this.#openIds.push(...openIn(states));
      return troubleIn(states, this.#stop.aborted, rest);
    } finally {
      this.#stop.removeEventListener("abort", onStop);
      this.#wish.now.removeEventListener("abort", onWish);
      await watch.stop();
    }
  }

  /** Checked before anybody is held off, and again once the partition is held. */
  #judgeProgress(write: PlannedWrite) {
    const { partitionId, sequenceNumber: target } = write;
    const standsAt = this.#stoodAt.get(partitionId) ?? null;
    if (!isPast({ ...write, target }, standsAt)) return null;
    const why = reason("wentPastTarget", { sequenceNumber: standsAt, targetSequenceNumber: target });
    return { verdict: "conflict", reason: why } as const;
  }

  #drive(write: PlannedWrite, hub: HubReading, watch: GroupWatch): Started {
    const { partitionId } = write;
    const state = this.#states.get(partitionId);
    if (state === undefined) throw new Error(`partition ${partitionId} has no turn`);
    const last = lastOf(hub, partitionId);
    const hasUnread = (last ?? write.sequenceNumber) > write.sequenceNumber;
    const drive = new PartitionDrive(
      { ...state, hasUnread },
      {
        own: this.#own,
        container: this.#place.container,
        watch,
        partition: {
          resetId: this.#own.reset.id,
          write,
          ownershipBlob: ownershipBesides(write.blobName, partitionId),
        },
        limits: this.#limits(partitionId),
        expirationSeconds: guardSecondsOf(this.#place),
        openFence: (options) => this.#place.openFence(options),
        lastSequenceNumber: last,
        after: null,
        clock: this.#clock,
      },
    );
    return { partitionId, drive };
  }
}
