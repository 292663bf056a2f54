import type { AlertCondition, AlertRule } from "#lib/api/alerts.ts";
import { statuses } from "#lib/api/status.ts";
import { turns } from "#lib/core/pause.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { incidentKey } from "#lib/history/incidents/incident-key.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { matchesAny, nothingKnown, type Observation, type Observed } from "./observation.ts";
import { blind, observeRule } from "./observe.ts";
import type { UnownedSince } from "./unowned-partitions.ts";

type Observing = [
  rules: readonly AlertRule[],
  snapshot: HubSnapshot,
  /** By this machine's clock. */
  now: EpochMs,
  /** Used when no blob tells the time. */
  rememberedSince?: UnownedSince,
];

export function observeHub(...given: Observing): Observation[] {
  return withoutToldByGraver([...observing(...given)]);
}

/** Lets others run in between: thousands of partitions are looked through for each rule. */
export async function observeHubInTurns(...given: Observing): Promise<Observation[]> {
  const rest = turns();
  const observations: Observation[] = [];
  for (const observation of observing(...given)) {
    observations.push(observation);
    await rest();
  }
  return withoutToldByGraver(observations);
}

function* observing(
  ...[rules, snapshot, now, rememberedSince = () => null]: Observing
): Generator<Observation> {
  const hub = snapshot.eventHub.id;
  for (const rule of rules) {
    if (!matchesAny(rule.hubs, hub)) continue;
    if ("staleSeconds" in rule.when) {
      const subject = { hub, store: null, group: null };
      yield { rule, subject, ...blind(rule, rule.when.staleSeconds, snapshot, now) };
      continue;
    }
    for (const one of snapshot.groups) {
      const { store, name, neverUsed, goneSince } = one.group;
      if (neverUsed || !matchesAny(rule.groups, name)) continue;
      if (goneSince !== null && !("goneSeconds" in rule.when)) continue;
      yield {
        rule,
        subject: { hub, store, group: name },
        forSeconds: rule.forSeconds,
        ...knownAlone(observeRule(rule, one, rememberedSince, now)),
      };
    }
  }
}

function withoutToldByGraver(observations: readonly Observation[]): Observation[] {
  return observations.map((observation) =>
    isToldByGraver(observation, observations) ? { ...observation, holds: null } : observation,
  );
}

/** What is not known has no figures: a missing one would be told as 0. */
function knownAlone(observed: Observed): Observed {
  return observed.holds === null ? { ...observed, summary: nothingKnown.summary } : observed;
}

/** One cause, one incident: a stopped group is not told as stalled too when both go to the same people. */
function isToldByGraver(one: Observation, all: readonly Observation[]): boolean {
  if (one.holds !== true) return false;
  const key = incidentKey("", one.subject);
  return all.some(
    ({ rule, holds, subject, forSeconds }) =>
      holds === true &&
      isGraver(rule.when, one.rule.when) &&
      forSeconds <= one.forSeconds &&
      one.rule.channels.every((channel) => rule.channels.includes(channel)) &&
      incidentKey("", subject) === key,
  );
}

function isGraver(one: AlertCondition, other: AlertCondition): boolean {
  if ("retentionUsed" in other) return "lossWithinSeconds" in one;
  if (!("status" in one && "status" in other)) return false;
  if (one.status === "unknown" || other.status === "unknown") return false;
  return statuses.indexOf(one.status) > statuses.indexOf(other.status);
}
