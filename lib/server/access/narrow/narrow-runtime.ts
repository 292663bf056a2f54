import type { Diagnosis } from "#lib/api/diagnosis.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { roleEverywhere } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type AdmittedCaller, scraper } from "#lib/server/access/caller.ts";
import { Scope } from "#lib/server/access/scope.ts";
import { noSuchHub } from "#lib/server/queries.ts";
import type { Runtime } from "#lib/server/runtime.ts";
import { narrowAlerts } from "./narrow-alerts.ts";
import { narrowGroupMoves } from "./narrow-group-moves.ts";
import { narrowResets } from "./narrow-resets.ts";

/**
 * The dashboard as a caller may see it. Every member of `Runtime` is listed, so that a new one does not
 * compile until somebody decides what it hides.
 */
export function narrowRuntime(whole: Runtime, caller: AdmittedCaller | null): Runtime {
  const grants = caller?.grants ?? [];
  const everywhere = roleEverywhere(grants);
  if (everywhere === "admin") return whole;
  const scope = new Scope(grants);
  const sees = (hub: string, group?: string) => scope.sees(hub, group);
  return {
    refreshSeconds: whole.refreshSeconds,
    isReadOnly: whole.isReadOnly,
    tools: whole.tools,
    resets: narrowResets(whole.resets, scope),
    groupMoves: narrowGroupMoves(whole.groupMoves, scope),
    alerts: narrowAlerts(whole.alerts, scope),
    configuration: () => {
      const { fault, ...rest } = whole.configuration();
      return {
        ...rest,
        fault: fault && { ...fault, problems: [] },
        heldEventHubs: rest.heldEventHubs.filter((hub) => sees(hub)),
      };
    },
    snapshotVersion: (hubId) => whole.snapshotVersion(hubId),
    overview: () => {
      const { eventHubs, trends, ...rest } = whole.overview();
      return {
        ...rest,
        eventHubs: eventHubs.filter(({ id }) => sees(id)).map((hub) => scope.hub(hub)),
        trends: trends.filter(({ hub, consumerGroup }) => sees(hub, consumerGroup)),
      };
    },
    eventHubs: () => ({
      eventHubs: whole
        .overview()
        .eventHubs.filter(({ id }) => sees(id))
        .map((hub) => {
          const { consumerGroups: _, ...rest } = scope.hub(hub);
          return rest;
        }),
    }),
    eventHub: (hubId) => {
      scope.need("viewer", { hub: hubId });
      return scope.hub(whole.eventHub(hubId));
    },
    consumerGroup: (hub, group, store) => {
      scope.need("viewer", { hub, group }, store);
      return whole.consumerGroup(hub, group, store);
    },
    dismissGroup: async (address, caller) => {
      scope.need("operator", address, address.store);
      return whole.dismissGroup(address, caller);
    },
    trend: (hub, group, store) => {
      scope.need("viewer", { hub, group }, store);
      return whole.trend(hub, group, store);
    },
    scaling: (hub, group, query) => {
      scope.need("viewer", { hub, group }, query.store);
      return whole.scaling(hub, group, query);
    },
    diagnosis: (hub) => {
      scope.need("viewer", { hub });
      if (!scope.seesAllOf(hub)) {
        throw new AppError(
          "forbidden",
          "A diagnosis names all groups of its hub, and your role covers some of them only.",
        );
      }
      const diagnosis = whole.diagnosis(hub);
      return everywhere === null ? withoutOtherHubs(diagnosis) : diagnosis;
    },
    readEvent: async (address, wanted, abortSignal) => {
      scope.need("operator", address, address.store);
      return whole.readEvent(address, wanted, abortSignal);
    },
    readEvents: async (address, wanted, abortSignal) => {
      scope.need("operator", address, address.store);
      return whole.readEvents(address, wanted, abortSignal);
    },
    readEventFile: async (address, wanted, abortSignal) => {
      scope.need("operator", address, address.store);
      return whole.readEventFile(address, wanted, abortSignal);
    },
    history: async (hub, group, query) => {
      scope.need("viewer", { hub, group }, query.store);
      return whole.history(hub, group, query);
    },
    owners: async (hub, group, query) => {
      scope.need("viewer", { hub, group }, query.store);
      return whole.owners(hub, group, query);
    },
    activity: async (query) =>
      everywhere === null ? scope.entries(await whole.activity(query, grants)) : whole.activity(query),
    metrics: async () => {
      if (everywhere !== null) return whole.metrics();
      throw new AppError(
        "forbidden",
        "The metrics name all hubs and groups, and your role covers some of them only.",
      );
    },
    readiness: () => {
      const { waitingFor, ...rest } = whole.readiness();
      // Probes come without proof and only get the count.
      const named = caller?.key === scraper.key ? [] : waitingFor;
      return { ...rest, waitingFor: named.filter((hub) => sees(hub)) };
    },
    subscribe: (query, listener) => {
      if (query.hub !== undefined && !sees(query.hub)) throw noSuchHub(query.hub);
      return whole.subscribe(query, (news) => {
        if (news.event === "snapshot") {
          const { key, data } = news;
          if (sees(key)) listener({ ...news, data: () => scope.snapshot(data()) });
          return;
        }
        if (news.event === "configuration") {
          listener(news);
          return;
        }
        const reset = news.data();
        if (!sees(reset.hub, reset.group)) return;
        listener({ ...news, data: () => scope.aimed(reset.hub, reset) });
      });
    },
  };
}

function withoutOtherHubs(diagnosis: Diagnosis): Diagnosis {
  return {
    ...diagnosis,
    checks: diagnosis.checks.map((check) =>
      check.names === "ownHub" ? check : { ...check, detail: toWire(reason("hiddenFromRole")), items: [] },
    ),
  };
}
