import type { EpochMs } from "#lib/core/time.ts";
import type { GoneGroup, KeptGoneGroup } from "#lib/history/remembered/gone-group.ts";
import type { CommitRing } from "#lib/lag/commits.ts";
import { type GroupName, groupKey, type HubSnapshot } from "./snapshot.ts";

/** For so long a group that nobody dismisses is shown. */
const shownMs = 30 * 86_400_000;

/** More than one row of samples spans. */
const unseenMs = 3 * 3_600_000;

export interface Presence {
  /** Keys of the groups that have a blob, in the stores that were read. */
  present: ReadonlySet<string>;
  readStores: ReadonlySet<string>;
  previous: HubSnapshot;
  now: EpochMs;
}

/** What is remembered of a group, as far as it tells whether it ever had a blob, and when it last wrote one. */
interface KnownGroup {
  readonly store: string;
  /** Also one of an ownership alone. */
  readonly hadBlob: boolean;
  readonly partitions: ReadonlyMap<string, { readonly commits: CommitRing }>;
}

/** The groups of one hub all of whose blobs are deleted, as its refreshes and the history know them. */
export class GoneGroups {
  readonly #gone = new Map<string, GoneGroup>();
  /** When groups were last seen that were gone long before the last refresh, by key. */
  readonly #leftAt = new Map<string, EpochMs>();
  /** Known to be gone, and not to be shown any more, by key. */
  readonly #dismissed = new Set<string>();

  /** Takes in a look at the stores: a group that is back is forgotten here, and one that had a blob may be gone. */
  observe(groups: ReadonlyMap<string, KnownGroup>, { present, readStores, previous, now }: Presence): void {
    for (const key of present) {
      this.#gone.delete(key);
      this.#dismissed.delete(key);
    }
    const before = new Map(
      previous.groups.map(({ group }) => [groupKey(group.store, group.name), group] as const),
    );
    for (const [key, memory] of groups) {
      const isKnown = present.has(key) || this.#gone.has(key) || this.#dismissed.has(key);
      if (isKnown || !readStores.has(memory.store) || !memory.hadBlob) continue;
      const group = before.get(key);
      const [store, name] = JSON.parse(key) as [string, string];
      const lastCheckpointAt = group?.lastCheckpointAt ?? null;
      this.#gone.set(key, {
        store,
        name: group?.name ?? name,
        formats: group?.formats ?? [],
        since: this.#leftAt.get(key) ?? now,
        lastCheckpointAt: lastCheckpointAt === null ? newestCommit(memory) : Date.parse(lastCheckpointAt),
      });
    }
    for (const [key, { since }] of this.#gone) if (now - since >= shownMs) this.#dismiss(key);
  }

  /** Takes in what the history holds: what was seen first counts. */
  recall(gone: readonly KeptGoneGroup[]): void {
    for (const { isDismissed, ...group } of gone) {
      const key = groupKey(group.store, group.name);
      if (isDismissed) this.#dismiss(key);
      else this.#gone.set(key, group);
    }
  }

  /** A group whose samples ended so long before the hub's own was gone by then. */
  recallGroup(key: string, lastSeenAt: EpochMs | null, lastAt: EpochMs | null): void {
    if (lastSeenAt === null || lastAt === null || lastAt - lastSeenAt < unseenMs) return;
    this.#leftAt.set(key, lastSeenAt);
  }

  /** True where it was shown until now. */
  dismiss({ store, name }: GroupName): boolean {
    const key = groupKey(store, name);
    const isShown = this.#gone.has(key);
    if (isShown) this.#dismiss(key);
    return isShown;
  }

  /** Those to be shown, in these stores. */
  shown(stores: readonly string[]): GoneGroup[] {
    return [...this.#gone.values()].filter(({ store }) => stores.includes(store));
  }

  #dismiss(key: string): void {
    this.#gone.delete(key);
    this.#dismissed.add(key);
  }
}

function newestCommit({ partitions }: KnownGroup): EpochMs | null {
  const times = [...partitions.values()].flatMap(({ commits }) => commits.commits.map(({ at }) => at));
  return times.length === 0 ? null : Math.max(...times);
}
