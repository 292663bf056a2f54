import { randomUUID } from "node:crypto";
import type { Reset } from "#lib/api/resets.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { pause } from "#lib/core/pause.ts";
import type { History } from "#lib/history/history.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { ResetRunner } from "#lib/reset/apply/reset-run.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import { toResetHead } from "#lib/reset/apply/to-reset.ts";
import { ResetWatch, resumeWatchedMs } from "#lib/reset/watch/reset-watch.ts";
import { log } from "#lib/server/http/log.ts";
import { findGroup, findHub } from "#lib/server/queries.ts";
import { applyPlan } from "./apply-plan.ts";
import type { ChangedHubs } from "./changed-hubs.ts";
import { PlannedPartitionsAtHand } from "./planned-partitions.ts";
import { amendedActivity, stopActivity } from "./reset-activity.ts";
import { ResetHost } from "./reset-host.ts";
import { ResetNews } from "./reset-news.ts";
import type { ResetPlaces } from "./reset-places.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";
import { shownReset } from "./shown-reset.ts";

const defaultResets = 20;
/** Finds ended resets of other dashboards after this time if their message was lost. */
const lookForWatchedMs = 30_000;

const idOf = ({ partitionId }: { partitionId: string }) => partitionId;

export interface ResetRunsOptions {
  history: History;
  places: ResetPlaces;
  monitor: Monitor;
  samplerOf(hub: string): Sampler;
  live: ResetRunner | null;
  changedHubs: ChangedHubs;
}

export interface ResetRuns {
  runtime: Pick<ResetsRuntime, "apply" | "stop" | "reset" | "resets" | "subscribe">;
  heard(resetId: string): void;
  start(): void;
  stop(): Promise<void>;
}

export function createResetRuns(options: ResetRunsOptions): ResetRuns {
  const { history, places, monitor, samplerOf, live, changedHubs } = options;
  const { resets: records } = history;
  const listeners = new Set<(reset: Reset) => void>();
  const watch = new ResetWatch();
  const stopping = new AbortController();
  const plans = new PlannedPartitionsAtHand(records);
  const show = async (record: ResetRecord) => shownReset(record, await plans.of(record.planId));
  const news = new ResetNews((id) => records.reset(id), told);
  const host = new ResetHost({
    records,
    findPlace: (address) => places.findTarget(address),
    runners: { offline: runOffline, live: live ?? runOffline },
    planned: (planId) => plans.of(planId),
    onStep: (id) => news.changed(id),
  });

  function told(record: ResetRecord): void {
    watch.watch(record, Date.now());
    if (record.state !== "running") monitor.hurry(record.hub);
    void show(record).then((reset) => {
      for (const listener of [...listeners]) listener(reset);
    });
  }

  async function observe({ eventHub: { id: hub }, groups }: HubSnapshot): Promise<void> {
    for (const { group, listedAt, partitions } of groups) {
      // A stale group's checkpoints are older than its listing.
      if (group.stale) continue;
      const { store, name } = group;
      const found = watch.observe({ hub, store, name, listedAt, partitions }, Date.now());
      if (samplerOf(hub) === "others") continue;
      for (const [id, amendments] of found) {
        // One that resumed late came to what was expected of it.
        const isOther = new Set(amendments.filter((one) => one.from !== one.result).map(idOf));
        const changed = await records.amend(id, amendments, (reset, ids) =>
          amendedActivity(
            reset,
            ids.filter((partitionId) => isOther.has(partitionId)),
            Date.now(),
          ),
        );
        if (changed.length > 0) news.changed(id);
      }
    }
  }

  async function lookForWatched(): Promise<void> {
    let longer = resumeWatchedMs;
    while (!stopping.signal.aborted) {
      const watched = await records.watched(Date.now() - longer).catch(() => null);
      if (watched !== null) longer = 0;
      for (const { id } of watched ?? []) if (!watch.has(id)) news.changed(id);
      await pause(lookForWatchedMs, stopping.signal);
    }
  }

  const unsubscribe = monitor.subscribe((snapshot) => {
    observe(snapshot).catch((error: unknown) => {
      if (!(error instanceof AppError)) log.error({ err: error }, "A reset can't be watched.");
    });
  });

  return {
    runtime: {
      apply: async (address, request, caller) => {
        const begin = { resetId: randomUUID(), instance: host.instance, now: Date.now() };
        const reset = await applyPlan(history, places, {
          address,
          request,
          caller,
          begin,
          isLivePossible: live !== null,
          changedHubs,
        });
        host.run(reset);
        return show(reset);
      },
      stop: async (resetId, { when }, caller) => {
        const record = await records.reset(resetId);
        if (record === null) throw new AppError("notFound", `There is no reset ${JSON.stringify(resetId)}.`);
        if (record.mode !== "live")
          throw new AppError(
            "conflict",
            "Only live resets can be stopped: an offline one ends within seconds.",
          );
        const asked = { when, actor: caller.name, at: Date.now() };
        const noted = await records.askToStop(resetId, asked, (reset) => stopActivity(reset, asked, caller));
        if (noted === null) throw new AppError("conflict", "This reset has ended already.");
        host.hear(noted);
        news.changed(resetId);
        return show(noted);
      },
      reset: async (resetId) => {
        const record = await records.reset(resetId);
        if (record === null) throw new AppError("notFound", `There is no reset ${JSON.stringify(resetId)}.`);
        return show(record);
      },
      resets: async (address, limit = defaultResets) => {
        const { eventHub, ...hub } = findHub(monitor, address.hub);
        const { group } = findGroup({ eventHub, ...hub }, address.group, address.store);
        const subject = {
          address: hubAddress(eventHub),
          store: group.store,
          group: group.name,
        };
        return { resets: (await records.resets(subject, limit)).map(toResetHead) };
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    heard: (id) => news.changed(id),
    start: () => {
      host.start();
      void lookForWatched();
    },
    stop: async () => {
      stopping.abort();
      unsubscribe();
      await host.stop();
      news.stop();
    },
  };
}
