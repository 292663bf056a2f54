import { defaultRules } from "#lib/alerts/default-rules.ts";
import { observeHub } from "#lib/alerts/observe.ts";
import type { Status } from "#lib/api/status.ts";
import { needsAttention, sentence } from "#lib/client/lag/attention.ts";
import { groupChip } from "#lib/client/lag/status-words.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { refreshHub } from "#lib/monitor/refresh-hub.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "../fixtures/sources.ts";

export const minute = 60_000;

export interface SimulatedGroup {
  name: string;
  step(group: GroupBlobs, day: SimulatedDay): void;
}

export class GroupBlobs {
  readonly checkpoints = new Map<string, StoredCheckpoint>();
  readonly ownerships = new Map<string, StoredOwnership>();

  /** Checkpoints everything but the last `short` events. */
  checkpointAll(day: SimulatedDay, short = 0): void {
    for (const id of day.partitionIds) this.checkpoint(day, id, day.lastOf(id) - short);
  }

  checkpoint(day: SimulatedDay, id: string, sequenceNumber: number): void {
    this.checkpoints.set(id, checkpoint(id, sequenceNumber, day.now));
  }

  own(day: SimulatedDay, ownerId = "one"): void {
    for (const id of day.partitionIds) this.ownerships.set(id, ownership(id, ownerId, day.now));
  }
}

export interface Told {
  minute: number;
  group: string;
  what: string;
}

/**
 * A hub read every half minute by default, with everything that a dashboard would tell of it. Partition 0
 * gets ten events a second, 1 gets one every twenty minutes, and 2 had its last long ago. Retention keeps two
 * hours.
 */
export class SimulatedDay {
  readonly partitionIds = ["0", "1", "2"];
  readonly startedAt = noon;
  now: EpochMs = noon;
  readonly statuses = new Map<string, Set<Status>>();
  readonly words = new Map<string, string[]>();
  readonly hubStatuses: Status[] = [];
  readonly told: Told[] = [];
  readonly #everyMs: number;
  readonly #groups: { simulated: SimulatedGroup; blobs: GroupBlobs }[];
  readonly #hub: MonitoredHub;
  #memory: HubMemory;
  #previous;

  constructor(groups: readonly SimulatedGroup[], over: Partial<MonitoredHub> = {}, everyMs = 30_000) {
    this.#everyMs = everyMs;
    this.#groups = groups.map((simulated) => ({ simulated, blobs: new GroupBlobs() }));
    this.#hub = monitoredHub(
      async () =>
        hubReading(
          this.partitionIds.map((id) => this.#properties(id)),
          this.now,
        ),
      { main: async () => storeReading(this.#stored(), this.now) },
      over,
    );
    this.#memory = new HubMemory(everyMs);
    this.#previous = unreadHub(this.#hub);
  }

  get minutes(): number {
    return (this.now - this.startedAt) / minute;
  }

  lastOf(id: string): number {
    const seconds = (this.now - this.startedAt) / 1000;
    if (id === "2") return 99;
    return id === "0" ? 100_000 + Math.floor(seconds * 10) : 500 + Math.floor(seconds / 1_200);
  }

  async pass(minutes: number): Promise<void> {
    for (const until = this.now + minutes * minute; this.now < until; ) {
      this.now += this.#everyMs;
      for (const { simulated, blobs } of this.#groups) simulated.step(blobs, this);
      await this.#look();
    }
  }

  /** Restarts the dashboard with the content of its history. */
  restart(): void {
    const memory = this.#memory;
    const groups = this.#groups.flatMap(({ simulated: { name } }) => {
      const usage = memory.usageOf("main", name);
      const commits = new Map(memory.commitsOf("main", name));
      const losses = new Map(memory.lossesOf("main", name));
      const renewalSeconds = memory.renewalSecondsOf("main", name);
      const group = { store: "main", consumerGroup: name.toLowerCase(), commits, losses, renewalSeconds };
      return usage === null ? [] : [{ ...group, ...usage }];
    });
    const { positions, pastPositions, beginnings } = memory;
    const recalled: RecalledHub = { lastAt: this.now, positions, pastPositions, beginnings, groups };
    this.#memory = new HubMemory(this.#everyMs);
    this.#memory.recall(recalled);
    this.#previous = unreadHub(this.#hub);
  }

  async #look(): Promise<void> {
    this.#previous = await refreshHub(this.#hub, {
      previous: this.#previous,
      memory: this.#memory,
      refreshMs: this.#everyMs,
      limitMs: 5_000,
      stop: new AbortController().signal,
      clock: () => this.now,
    });
    const { eventHub, groups } = this.#previous;
    this.hubStatuses.push(eventHub.status);
    for (const { group } of groups) {
      const statuses = this.statuses.get(group.name) ?? new Set();
      this.statuses.set(group.name, statuses.add(group.status));
      const words = this.words.get(group.name) ?? [];
      words.push(groupChip(group).word);
      this.words.set(group.name, words);
    }
    const tell = (group: string, what: string) => this.told.push({ minute: this.minutes, group, what });
    for (const item of needsAttention(groups.map(({ group }) => ({ hubId: "orders", group })))) {
      tell(item.group.name, sentence(item, this.now));
    }
    for (const { rule, subject, holds } of observeHub(defaultRules, this.#previous, this.now)) {
      if (holds === true) tell(subject.group ?? "", `rule ${rule.id}`);
    }
  }

  #properties(id: string) {
    const last = this.lastOf(id);
    const kept = id === "0" ? 72_000 : 6;
    return properties(id, {
      lastEnqueuedSequenceNumber: last,
      beginningSequenceNumber: id === "2" ? 0 : Math.max(0, last - kept),
      lastEnqueuedAt: id === "2" ? this.startedAt - 86_400_000 : this.now,
    });
  }

  #stored(): StoredGroup[] {
    return this.#groups
      .filter(({ blobs }) => blobs.checkpoints.size + blobs.ownerships.size > 0)
      .map(({ simulated, blobs }) =>
        storedGroup(simulated.name, [...blobs.checkpoints.values()], [...blobs.ownerships.values()]),
      );
  }
}
