import type { Activity } from "#lib/api/history.ts";
import type { Overview } from "#lib/api/overview.ts";
import type { SnapshotEvent } from "#lib/api/stream.ts";
import { type Grant, isAtLeast, type Resource, type Role, roleAt, seesAllGroups } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { hubTotals } from "#lib/lag/hub-totals.ts";
import { noSuchGroup, noSuchHub } from "../queries.ts";
import { withoutGroup } from "./narrow/without-group.ts";

type HubWithGroups = Overview["eventHubs"][number];

export class Scope {
  readonly grants: readonly Grant[];

  constructor(grants: readonly Grant[]) {
    this.grants = grants;
  }

  sees(hub: string, group?: string): boolean {
    return roleAt(this.grants, { hub, group }) !== null;
  }

  seesAllOf(hub: string): boolean {
    return seesAllGroups(this.grants, hub);
  }

  /**
   * @throws AppError `notFound` with the words for missing things; `forbidden` for what is visible but not
   * allowed
   */
  need(role: Role, { hub, group }: Resource, store?: string): void {
    if (!this.sees(hub)) throw noSuchHub(hub);
    if (group !== undefined && !this.sees(hub, group)) throw noSuchGroup(hub, group, store);
    const held = roleAt(this.grants, { hub, group });
    if (!isAtLeast(held, role)) throw lacking(role, held);
  }

  /** Reduces a hub to its visible groups. The hub's own partitions are visible with any group. */
  hub<H extends HubWithGroups>(hub: H): H {
    if (this.seesAllOf(hub.id)) return hub;
    const consumerGroups = hub.consumerGroups.filter(({ name }) => this.sees(hub.id, name));
    const stores = new Set(consumerGroups.map(({ store }) => store));
    const checkpointStores = hub.checkpointStores.filter(({ id }) => stores.has(id));
    // The hub's own failure concerns everybody, a store's only those who see a group in it.
    const isOwn = hub.error !== null && hub.errorStore === null;
    const failing = isOwn ? undefined : checkpointStores.find((store) => store.error !== null);
    const error = isOwn ? hub.error : (failing?.error ?? null);
    return {
      ...hub,
      ...hubTotals(consumerGroups),
      consumerGroups,
      checkpointStores,
      error,
      errorStore: failing?.id ?? null,
      stale: error !== null,
    };
  }

  snapshot(event: SnapshotEvent): SnapshotEvent {
    const { group, store, partitions, full, after, removed, ...rest } = event;
    const { consumerGroups, ...eventHub } = this.hub({
      ...event.eventHub,
      consumerGroups: event.consumerGroups,
    });
    const seesGroup = group !== undefined && this.sees(event.hub, group);
    const ofGroup = { group, store, partitions, ...(after !== undefined && { after, removed }) };
    return {
      ...rest,
      eventHub,
      consumerGroups,
      // Like a group that does not exist: changes would reveal it.
      ...(full !== undefined && { full: full || !seesGroup }),
      ...(seesGroup && ofGroup),
    };
  }

  /** Hides the name of another, invisible group in a plan, a reset or their activity. */
  aimed<T extends { target: { kind: string }; group?: string }>(hub: string, made: T, group = made.group): T {
    const one = this.#withoutContent(hub, made, group);
    const { kind, name, from } = one.target as {
      kind: string;
      name?: unknown;
      from?: { group?: unknown; hub?: unknown };
    };
    const source = kind === "move" ? from?.group : undefined;
    const sourceHub = typeof from?.hub === "string" ? from.hub : hub;
    if (typeof source === "string" && !this.sees(sourceHub, source)) {
      const target = { ...one.target, from: { ...from, group: "(another group)" } };
      return { ...withoutGroup(one, source), target };
    }
    if (kind !== "group" || typeof name !== "string" || this.sees(hub, name)) return one;
    return { ...withoutGroup(one, name), target: { ...one.target, name: "(another group)" } };
  }

  #withoutContent<T extends { target: object }>(hub: string, one: T, group: string | undefined): T {
    const { skipped } = one.target as { skipped?: object };
    if (skipped === undefined || isAtLeast(roleAt(this.grants, { hub, group }), "operator")) return one;
    return { ...one, target: { ...one.target, skipped: { ...skipped, preview: null } } };
  }

  entries({ entries }: Activity): Activity {
    const seen = entries.filter(({ hub, group }) => hub !== "" && this.sees(hub, group ?? undefined));
    return {
      entries: seen.map((entry) => {
        const { target } = entry.details;
        if (target === null || typeof target !== "object" || !("kind" in target)) return entry;
        const details = { ...entry.details, target: target as { kind: string } };
        return { ...entry, details: this.aimed(entry.hub, details, entry.group ?? undefined) };
      }),
    };
  }
}

export function lacking(needed: Role, held: Role | null): AppError {
  const has = held === null ? "You have no role here" : `Your role here is ${held}`;
  return new AppError(
    "forbidden",
    `${has}; this needs ${needed === "admin" ? "an admin" : `the role ${needed}`}.`,
  );
}
