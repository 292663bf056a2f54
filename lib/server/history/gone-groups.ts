import type { DismissedGroup } from "#lib/api/consumer-group.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { subjectDetails } from "#lib/core/subject.ts";
import { toIso } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { GoneGroup, KeptGoneGroup } from "#lib/history/remembered/gone-group.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { type GroupSnapshot, groupKey, type HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import { findGroup, findHub } from "#lib/server/queries.ts";

export class GoneGroupKeeper {
  readonly #monitor: Monitor;
  readonly #history: History;
  readonly #kept = new Map<string, readonly KeptGoneGroup[]>();
  #working: Promise<void> = Promise.resolve();

  constructor(monitor: Monitor, history: History, samplerOf: (hub: string) => Sampler) {
    this.#monitor = monitor;
    this.#history = history;
    monitor.subscribe((snapshot) => {
      if (samplerOf(snapshot.eventHub.id) !== "mine") return;
      this.#working = this.#working.then(() => this.#observe(snapshot).catch(() => {}));
    });
  }

  /** @throws AppError `notFound`, `conflict` if the group has blobs, `historyUnavailable` */
  async dismiss({ hub, group, store }: AskedGroup, caller: Caller): Promise<DismissedGroup> {
    const snapshot = findHub(this.#monitor, hub);
    const found = findGroup(snapshot, group, store);
    const gone = toGone(found);
    if (gone === null) {
      throw new AppError(
        "conflict",
        `The consumer group ${JSON.stringify(found.group.name)} still has blobs. A group can be dismissed once all its blobs are deleted.`,
      );
    }
    const at = Date.now();
    await this.#history.appendActivity({
      at,
      actor: caller.name,
      action: "dismissGroup",
      hub,
      group: gone.name,
      outcome: "done",
      details: { store: gone.store, goneSince: toIso(gone.since), ...subjectDetails(caller) },
    });
    await this.#history.goneGroups.dismiss(snapshot.eventHub, gone, at);
    this.#monitor.dismissGone(hub, gone);
    return { hub, store: gone.store, name: gone.name, dismissedAt: toIso(at) };
  }

  async #observe(snapshot: HubSnapshot): Promise<void> {
    const { eventHub, groups } = snapshot;
    const { goneGroups } = this.#history;
    const gone = groups.map(toGone).filter((each) => each !== null);
    const before = this.#kept.get(eventHub.id);
    const live = new Set(groups.filter(hasBlobs).map(({ group }) => groupKey(group.store, group.name)));
    const keyOf = ({ store, name }: GoneGroup) => groupKey(store, name);
    if (before !== undefined && gone.length === 0 && !before.some((each) => live.has(keyOf(each)))) return;
    const kept = await goneGroups.ofHub(eventHub);
    this.#kept.set(eventHub.id, kept);
    const known = new Set(kept.map(keyOf));
    for (const each of kept) {
      if (each.isDismissed) this.#monitor.dismissGone(eventHub.id, each);
      if (live.has(keyOf(each))) await goneGroups.remove(eventHub, each);
    }
    for (const each of gone) if (!known.has(keyOf(each))) await goneGroups.add(eventHub, each);
  }
}

function hasBlobs({ group }: GroupSnapshot): boolean {
  return group.goneSince === null && group.formats.length > 0 && !group.stale;
}

function toGone({ group }: GroupSnapshot): GoneGroup | null {
  const { store, name, formats, goneSince, lastCheckpointAt } = group;
  if (goneSince === null) return null;
  const at = lastCheckpointAt === null ? null : Date.parse(lastCheckpointAt);
  return { store, name, formats, since: Date.parse(goneSince), lastCheckpointAt: at };
}
