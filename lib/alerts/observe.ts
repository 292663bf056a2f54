import type { AlertCondition, AlertRule } from "#lib/api/alerts.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { type Status, statuses } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import { incidentKey, matchesAny, type Observation } from "./observation.ts";
import { countText, durationText, percentText } from "./words.ts";

type Seen = Pick<Observation, "holds" | "since" | "measure" | "summary">;
type SeenFor = Seen & Pick<Observation, "forSeconds">;

/** Every rule on everything that it names in this hub. `now`: this machine's clock. */
export function observeHub(rules: readonly AlertRule[], snapshot: HubSnapshot, now: EpochMs): Observation[] {
  const hub = snapshot.eventHub.id;
  const observations = rules
    .filter((rule) => matchesAny(rule.hubs, hub))
    .flatMap((rule): Observation[] => {
      if ("staleSeconds" in rule.when) {
        const subject = { hub, store: null, group: null };
        return [{ rule, subject, ...blind(rule, rule.when.staleSeconds, snapshot, now) }];
      }
      return snapshot.groups
        .filter(({ group }) => matchesAny(rule.groups, group.name))
        .map((group) => ({
          rule,
          subject: { hub, store: group.group.store, group: group.group.name },
          forSeconds: rule.forSeconds,
          ...asFarAsKnown(observeGroup(rule, group), group),
        }));
    });
  return observations.map((observation) =>
    isToldByGraver(observation, observations) ? { ...observation, holds: null } : observation,
  );
}

/** What a partition that could not be read would say is not known: a condition is not over because of it. */
function asFarAsKnown(seen: Seen, { partitions }: GroupSnapshot): Seen {
  const isPartOnly = partitions.some(({ lagState }) => lagState === "unknown");
  return seen.holds === false && isPartOnly ? { ...seen, holds: null } : seen;
}

/** One cause, one incident: a group that stopped is not told as stalled as well, where both go to the same people. */
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

/** Whether one condition tells all that the other does, and worse. */
function isGraver(one: AlertCondition, other: AlertCondition): boolean {
  if ("retentionUsed" in other) return "lossWithinSeconds" in one;
  return (
    "status" in one && "status" in other && statuses.indexOf(one.status) > statuses.indexOf(other.status)
  );
}

function observeGroup({ when }: AlertRule, snapshot: GroupSnapshot): Seen {
  const { group } = snapshot;
  // Older figures say nothing of now.
  if (group.stale || group.observedAt === null) return nothingKnown;
  if ("status" in when) return atOrAbove(when.status, snapshot);
  if ("lag" in when) {
    // An upper bound proves nothing.
    const seen = threshold(group.measuredLag, when.lag);
    return { ...seen, summary: `${countText(group.measuredLag ?? 0, "event")} behind.` };
  }
  if ("lagSeconds" in when) {
    const seen = threshold(group.lagSeconds, when.lagSeconds);
    // A lower bound below the limit leaves open whether the limit is passed.
    const holds = seen.holds === false && group.lagSecondsIsLowerBound ? null : seen.holds;
    return { ...seen, holds, summary: `${durationText(group.lagSeconds ?? 0)} behind.` };
  }
  if ("retentionUsed" in when) {
    // Where a group never left a checkpoint its "unread" events are all that the stream holds: that proves nothing.
    const used = snapshot.partitions
      .filter(({ lagIsUpperBound }) => !lagIsUpperBound)
      .map(({ retentionUsed }) => retentionUsed)
      .filter((share) => share !== null);
    const worst = used.length === 0 ? null : Math.max(...used);
    const summary = `${percentText(worst ?? 0)} of the retention is used by unread events; at 100 % they are lost.`;
    return {
      ...threshold(worst, when.retentionUsed),
      summary: (group.lostEvents ?? 0) > 0 ? lostText(group) : summary,
    };
  }
  if ("lossWithinSeconds" in when) return lossWithin(when.lossWithinSeconds, group);
  if ("unownedSeconds" in when) return unowned(when.unownedSeconds, snapshot);
  return nothingKnown;
}

function lossWithin(limit: number, group: ConsumerGroup): Seen {
  const { secondsUntilLoss: seconds, measuredLag } = group;
  // Null where nothing comes closer, too: that is no loss only where all partitions are known.
  if (seconds === null) return { ...nothingKnown, holds: measuredLag === null ? null : false };
  return {
    holds: seconds <= limit,
    since: null,
    measure: seconds === 0 ? 1 + (group.lostEvents ?? 0) : 1 / (1 + seconds),
    summary: seconds === 0 ? lostText(group) : `Unread events leave the stream in ${durationText(seconds)}.`,
  };
}

function lostText({ lostEvents }: ConsumerGroup): string {
  const count = lostEvents === null ? "some" : countText(lostEvents, "event");
  return `Events are being lost: ${count} left the stream unread so far.`;
}

const nothingKnown: Seen = { holds: null, since: null, measure: 0, summary: "" };

function threshold(value: number | null, limit: number): Omit<Seen, "summary"> {
  return { holds: value === null ? null : value >= limit, since: null, measure: value ?? 0 };
}

const statusWords: Record<Exclude<Status, "unknown">, string> = {
  ok: "Keeps up.",
  warn: "Falls behind.",
  stall: "Stands still, checkpoints are written and do not move.",
  rewind: "A checkpoint went back.",
  stop: "Stopped, no checkpoint is written any more.",
};

function atOrAbove(limit: Exclude<Status, "unknown">, { group, partitions }: GroupSnapshot): Seen {
  const { status, statusPartitions, measuredLag } = group;
  const where =
    statusPartitions < partitions.length
      ? `On ${statusPartitions} of ${countText(partitions.length, "partition")}: `
      : "";
  if (status === "unknown") return nothingKnown;
  const rank = statuses.indexOf(status);
  const behind = measuredLag === null ? "" : ` ${countText(measuredLag, "event")} behind.`;
  return {
    holds: rank >= statuses.indexOf(limit) && status !== "ok",
    since: null,
    // Within one status by the lag, which never makes up for a whole status.
    measure: rank + (measuredLag ?? 0) / ((measuredLag ?? 0) + 1),
    summary: `${where}${statusWords[status]}${behind}`,
  };
}

/** Partitions without an active owner, of a group that has owners at all. */
function unowned(limitSeconds: number, snapshot: GroupSnapshot): Seen {
  const { partitions, listedAt } = snapshot;
  if (!partitions.some(({ owner }) => owner !== null)) return { ...nothingKnown, holds: false };
  const idle = partitions.flatMap((partition) => {
    const since = unownedSince(partition, snapshot);
    return since === null || listedAt - since < limitSeconds * 1000
      ? []
      : [{ id: partition.partitionId, since }];
  });
  const [first] = idle.toSorted((a, b) => a.since - b.since);
  if (first === undefined) return { ...nothingKnown, holds: false };
  const ids = idle
    .slice(0, 8)
    .map(({ id }) => id)
    .join(", ");
  const more = idle.length > 8 ? " …" : "";
  return {
    holds: true,
    since: first.since,
    // Within one number of partitions by the time, which never makes up for a whole one.
    measure: idle.length + (1 - 1 / (1 + listedAt - first.since)),
    summary: `${countText(idle.length, "partition")} without an owner (${ids}${more}), the first for ${durationText((listedAt - first.since) / 1000)}.`,
  };
}

/** By the ownership blob, so that it is known after a restart too; null: owned, or nobody ever claimed it. */
function unownedSince({ owner }: GroupPartition, { group }: GroupSnapshot): EpochMs | null {
  if (owner === null || owner.state === "active") return null;
  const renewedAt = Date.parse(owner.lastRenewedAt);
  return owner.state === "released" ? renewedAt : renewedAt + group.ownershipExpirationSeconds * 1000;
}

/** The hub's figures are older than the limit. Where there never were any, it counts from the first failure on. */
function blind(
  { forSeconds }: AlertRule,
  limitSeconds: number,
  { eventHub }: HubSnapshot,
  now: EpochMs,
): SeenFor {
  if (eventHub.error === null) return { ...nothingKnown, holds: false, forSeconds };
  const summary = `Its figures can't be read: ${eventHub.error.message}`;
  const ages = [eventHub, ...eventHub.checkpointStores]
    .filter(({ error }) => error !== null)
    .map(({ observedAt }) => (observedAt === null ? null : now - Date.parse(observedAt)));
  if (ages.includes(null)) {
    return { holds: true, since: null, forSeconds: Math.max(forSeconds, limitSeconds), measure: 0, summary };
  }
  const age = Math.max(...ages.filter((each) => each !== null));
  return {
    holds: age >= limitSeconds * 1000,
    since: now - age,
    forSeconds,
    measure: age / 1000,
    summary,
  };
}
