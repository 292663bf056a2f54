import type { AlertCondition, AlertRule } from "#lib/api/alerts.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import {
  fixtureGroup,
  fixtureGroupPartition,
  fixtureHub,
  fixtureNow,
} from "#tests/support/worlds/fixture-world.ts";

export const now = fixtureNow;

export function rule(when: AlertCondition, more: Partial<AlertRule> = {}): AlertRule {
  return {
    id: "rule",
    when,
    hubs: ["*"],
    groups: ["*"],
    forSeconds: 60,
    repeatSeconds: 3_600,
    severity: "critical",
    channels: ["ops"],
    ...more,
  };
}

export function snapshot(
  group: Partial<ConsumerGroup> | null,
  more: { hub?: Partial<EventHub>; partitions?: Partial<GroupPartition>[] } = {},
): HubSnapshot {
  return {
    eventHub: fixtureHub(more.hub),
    partitions: [],
    groups:
      group === null
        ? []
        : [
            {
              group: fixtureGroup(group),
              listedAt: now,
              observedExpirationSeconds: null,
              busyCheckpointSeconds: {},
              partitions: (more.partitions ?? []).map((partition) => fixtureGroupPartition(partition)),
            },
          ],
    evidence: null,
  };
}
