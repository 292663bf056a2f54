import type { Incident } from "#lib/api/alerts.ts";
import type { Activity } from "#lib/api/history.ts";
import type { Reset } from "#lib/api/resets.ts";
import type { Silence } from "#lib/api/silences.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Runtime } from "#lib/server/runtime.ts";
import type { StreamNews } from "#lib/server/stream.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroup, fixtureGroupDetail, fixtureHub, fixtureTrend } from "./fixture-world.ts";

const billing = fixtureGroup({ name: "Billing", totalLag: 5 });
const hidden = fixtureGroup({ name: "hidden", store: "vault", totalLag: 1_000, status: "stop" });
const vaultFault = {
  code: "containerNotFound" as const,
  message: "The container hidden-vault is not there.",
};
export const orders = {
  ...fixtureHub({
    id: "orders",
    totalLag: 1_005,
    status: "stop",
    stale: true,
    error: vaultFault,
    errorStore: "vault",
    checkpointStores: [
      { id: "main", observedAt: null, error: null },
      { id: "vault", observedAt: null, error: vaultFault },
    ],
  }),
  consumerGroups: [billing, hidden],
};
const secret = { ...fixtureHub({ id: "hidden-hub" }), consumerGroups: [fixtureGroup({ name: "hidden" })] };

export function reset(more: Partial<Reset>): Reset {
  return {
    id: "r1",
    planId: "p1",
    hub: "orders",
    group: "billing",
    store: "main",
    mode: "offline",
    target: { kind: "latest" },
    state: "done",
    actor: "admin-1",
    startedAt: "2026-03-02T14:00:00.000Z",
    endedAt: null,
    watchedUntil: null,
    reason: null,
    entries: [],
    ...more,
  };
}

function fixtureSilence(id: number, hub: string, group: string): Silence {
  const at = "2026-03-02T14:00:00.000Z";
  return { id, hub, group, rule: "*", createdAt: at, until: at, by: "somebody", note: "a deployment" };
}

function fixtureIncident(more: Partial<Incident>): Incident {
  const at = "2026-03-02T14:00:00.000Z";
  const times = { since: at, openedAt: at, closedAt: null, lastSeenAt: at };
  const words = {
    summary: wireText("far behind"),
    worst: wireText("far behind"),
    severity: "warning",
  } as const;
  return {
    id: 1,
    ruleId: "r",
    hub: "orders",
    store: null,
    group: null,
    state: "open",
    closedBy: null,
    acknowledged: null,
    silencedUntil: null,
    ...times,
    ...words,
    ...more,
  };
}

const resets = new Map([
  ["seen", reset({ id: "seen", target: { kind: "group", name: "hidden" } })],
  ["other", reset({ id: "other", group: "hidden" })],
]);

/** Answers everything to whoever asks, including what is called `hidden`. */
export function wholeRuntime(tell: { event?: (news: StreamNews) => void } = {}): Runtime {
  const call = () => Promise.reject(new Error("reached"));
  const entry = { id: 1, at: "2026-03-02T14:00:00.000Z", actor: "admin-1", action: "reset", outcome: "done" };
  const activity: Activity = {
    entries: [
      { ...entry, hub: "orders", group: "billing", details: { target: { kind: "group", name: "hidden" } } },
      { ...entry, hub: "orders", group: "hidden", details: {} },
      { ...entry, hub: "hidden-hub", group: null, details: {} },
      { ...entry, hub: "", group: null, details: { about: "hidden" } },
    ],
  };
  return {
    refreshSeconds: 10,
    isReadOnly: false,
    snapshotVersion: () => "1",
    tools: { areOn: false, publicUrl: null },
    configuration: () => ({
      readAt: "2026-01-01T00:00:00.000Z",
      fault: { since: "2026-01-01T00:00:00.000Z", count: 1, problems: ["eventHubs[0].id: hidden"] },
      needsRestart: [],
      heldEventHubs: ["orders", "hidden-hub"],
    }),
    alerts: {
      incident: async (id) => ({ hub: "orders", group: id === 1 ? "billing" : "hidden" }),
      acknowledge: async () => fixtureIncident({ group: "billing" }),
      silences: async () => ({
        silences: [fixtureSilence(1, "orders", "billing"), fixtureSilence(2, "orders", "hidden")],
      }),
      silence: async ({ hub, group }) => fixtureSilence(3, hub, group),
      endSilence: async () => ({ silences: [] }),
      incidents: async () => ({
        incidents: [
          fixtureIncident({ group: "billing" }),
          fixtureIncident({ group: "hidden" }),
          fixtureIncident({ hub: "hidden-hub", group: null }),
          fixtureIncident({ group: null, store: "vault" }),
          fixtureIncident({
            id: 9,
            summary: wireText(vaultFault.message),
            worst: wireText(vaultFault.message),
          }),
        ],
        open: 1,
        openPlaces: 1,
        unacknowledgedPlaces: 1,
        unacknowledgedSeverity: "critical",
      }),
      alerts: call,
      test: call,
    },
    overview: () => ({
      refreshSeconds: 10,
      eventHubs: [orders, secret],
      trends: [
        fixtureTrend({ hub: "orders", consumerGroup: "Billing", store: "main" }, () => 1),
        fixtureTrend({ hub: "orders", consumerGroup: "hidden", store: "vault" }, () => 1),
        fixtureTrend({ hub: "hidden-hub", consumerGroup: "hidden", store: "main" }, () => 1),
      ],
    }),
    eventHubs: () => ({ eventHubs: [orders, secret] }),
    eventHub: (id) => ({ ...(id === "orders" ? orders : secret), partitions: [] }),
    dismissGroup: call,
    consumerGroup: (_, name) => fixtureGroupDetail({ name }),
    trend: (hub, consumerGroup) => ({ hub, consumerGroup, store: "main", points: [] }),
    scaling: () => ({
      lag: 5,
      isUpperBound: false,
      partitionsBehind: 1,
      partitionCount: 4,
      active: true,
      observedAt: "2026-03-02T14:00:00.000Z",
    }),
    diagnosis: (hub) => ({
      hub,
      observedAt: null,
      checks: (["otherHubs", "ownHub"] as const).map((names) => ({
        id: `${names}/main`,
        title: names,
        state: "pass",
        detail: wireText("hidden-hub"),
        remedy: null,
        store: "main",
        names,
        items: ["hidden-hub"],
      })),
    }),
    readEvent: call,
    readEvents: call,
    readEventFile: call,
    history: call,
    owners: call,
    activity: () => Promise.resolve(activity),
    metrics: call,
    readiness: () => ({ ready: false, waiting: 2, waitingFor: ["orders", "hidden-hub"] }),
    subscribe: (_, listener) => {
      tell.event = listener;
      return () => {};
    },
    groupMoves: {
      preview: call,
      undo: call,
      apply: call,
      stop: call,
      groupMove: call,
      groupMoves: call,
    },
    resets: {
      preview: call,
      previewSkip: call,
      previewMove: call,
      previewCleanup: call,
      apply: call,
      stop: call,
      undo: call,
      plan: call,
      positions: call,
      reset: async (id) => resets.get(id) ?? Promise.reject(new AppError("notFound", "Nothing.")),
      resets: async () => ({ resets: [...resets.values()] }),
      subscribe: () => () => {},
    },
  };
}
