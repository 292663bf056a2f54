import { randomUUID } from "node:crypto";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { retry } from "#lib/core/pause.ts";
import type { GroupMoveEntryRecord, GroupMoveRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { History } from "#lib/history/history.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import type { HubConfig } from "#lib/server/config/config.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import { chooseGroups, repointedStore } from "./choose-groups.ts";
import { groupMoveActivity } from "./group-move-activity.ts";
import { GroupMoveHost } from "./group-move-host.ts";
import type { GroupMovesRuntime } from "./group-moves-runtime.ts";
import { GroupPlanner } from "./group-planner.ts";
import { atBegin } from "./judge.ts";
import { undoOf } from "./new-undo.ts";
import { movePlansLifeMs, runGroupMove } from "./run-group-move.ts";
import { shownGroupMove, shownHead } from "./shown-group-move.ts";

const defaultMoves = 20;
/** Each reads the blobs of many groups. */
const mostAtOnce = 3;
const undoOfferedMs = 365 * 86_400_000;
const planKnownMs = 3_600_000;
const forgetEveryMs = 3_600_000;
const beginTries = 3;
const beginRetryMs = 200;

export interface GroupMovesOptions {
  history: Pick<History, "groupMoves" | "resets">;
  monitor: Monitor;
  configs: () => readonly HubConfig[];
  places: ResetPlaces;
  apply: ResetsRuntime["apply"];
  isReadOnly: boolean;
}

type NewGroupMove = ReturnType<typeof undoOf>;

export interface GroupMoves {
  runtime: GroupMovesRuntime;
  start(): void;
  stop(): Promise<void>;
}

export function createGroupMoves(options: GroupMovesOptions): GroupMoves {
  const { history, monitor, configs, places, apply, isReadOnly } = options;
  const { groupMoves: records, resets } = history;
  const repointed = (entry: GroupMoveEntryRecord) => repointedStore(configs(), entry);
  const host = new GroupMoveHost({
    records,
    run: (own) => {
      // One for each run: what an earlier one found knows nothing of the folders that its move has made.
      const planner = new GroupPlanner({ places, records: resets, repointed });
      return runGroupMove({ own, records: resets, planner, apply, repointed });
    },
    areKnown: (hubs) =>
      [...hubs].every((hub) => {
        const eventHub = monitor.snapshot(hub)?.eventHub;
        return eventHub !== undefined && (eventHub.observedAt !== null || eventHub.error !== null);
      }),
  });

  async function find(id: string): Promise<GroupMoveRecord> {
    const record = await records.groupMove(id);
    if (record === null) throw new AppError("notFound", `There is no move of groups ${JSON.stringify(id)}.`);
    return record;
  }

  async function plan(asked: NewGroupMove, caller: Caller): Promise<GroupMove> {
    if (host.running >= mostAtOnce)
      throw new AppError(
        "tooManyRequests",
        `${mostAtOnce} moves of several groups are planned or run here; wait until one has ended.`,
        { retryable: true },
      );
    const record: GroupMoveRecord = {
      ...asked,
      id: randomUUID(),
      ownerKey: caller.key,
      actor: caller.name,
      subject: caller.subject ?? null,
      state: "planning",
      createdAt: Date.now(),
      expiresAt: null,
      startedAt: null,
      endedAt: null,
      stopAsked: null,
      instance: host.instance,
      heartbeat: 0,
      undoneBy: null,
    };
    await records.create(record);
    host.run(record);
    return shownGroupMove(record);
  }

  const runtime: GroupMovesRuntime = {
    preview: async (request, caller, covers = () => true) =>
      plan({ ...request, undoes: null, entries: chooseGroups(monitor, configs(), request, covers) }, caller),

    undo: async (id, request, caller) => {
      const move = await find(id);
      const running = (await records.active()).find(
        ({ undoes, state }) => undoes === id && state === "running",
      );
      if (running !== undefined)
        throw new AppError("conflict", `${running.actor} is undoing this move already: ${running.id}.`);
      return plan(undoOf(move, request), caller);
    },

    apply: async (id, { confirm }, caller) => {
      const record = await find(id);
      // Don't reveal that somebody else's plan exists.
      if (record.ownerKey !== caller.key) throw gone();
      if (record.state === "planning")
        throw new AppError("conflict", "The groups are still being planned: wait until that has ended.");
      if (record.state !== "planned")
        throw new AppError("planGone", "This move was applied already. Make a new plan.");
      if (!isSameName(confirm.trim(), record.to.store))
        throw new AppError(
          "invalidRequest",
          `confirm must be the id of the store that the groups go to, ${record.to.store}.`,
        );
      const canMove = record.entries.some((entry) =>
        ["ready", "waiting"].includes(atBegin(entry, record.whenRunning)),
      );
      if (!canMove)
        throw new AppError(
          "conflict",
          "No group of this plan can be moved, and nothing was written: read each group's reason.",
        );
      const now = Date.now();
      const begin = {
        ownerKey: caller.key,
        instance: host.instance,
        now,
        plansUntil: now + movePlansLifeMs,
        activity: groupMoveActivity(record, "started", now, caller),
      };
      const isBegun = await retry(() => records.begin(id, begin), {
        tries: beginTries,
        pauseMs: (tries) => beginRetryMs * tries,
      });
      if (!isBegun) throw gone();
      const begun = await find(id);
      host.run(begun);
      return shownGroupMove(begun);
    },

    stop: async (id, caller) => {
      const record = await find(id);
      const asked = { actor: caller.name, at: Date.now() };
      const activity = groupMoveActivity(record, "stopAsked", asked.at, caller);
      if (!(await records.askToStop(id, asked, activity)))
        throw new AppError("conflict", "This move is neither planned nor run now, so it can't be stopped.");
      host.hear({ id, stopAsked: asked });
      return shownGroupMove(await find(id));
    },

    groupMove: async (id) => shownGroupMove(await find(id)),
    groupMoves: async (limit = defaultMoves) => ({
      groupMoves: (await records.recent(limit)).map(shownHead),
    }),
  };
  const forget = () => {
    const now = Date.now();
    const before = { endedBefore: now - undoOfferedMs, plannedBefore: now - planKnownMs };
    // Next time, once the history can be reached.
    records.forget(before).catch(() => {});
  };
  let forgetting: NodeJS.Timeout | undefined;
  return {
    runtime,
    start: () => {
      forget();
      forgetting = setInterval(forget, forgetEveryMs).unref();
      if (!isReadOnly) host.start();
    },
    stop: () => {
      clearInterval(forgetting);
      return host.stop();
    },
  };
}

function gone(): AppError {
  return new AppError(
    "planGone",
    "There is no such plan of yours: plans live for ten minutes. Make a new one.",
  );
}
