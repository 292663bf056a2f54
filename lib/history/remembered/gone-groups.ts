import type { EventHub } from "#lib/api/event-hub.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import type { UseEngine } from "../use-engine.ts";
import { seriesKey } from "../writing/refresh-batch.ts";
import type { GoneGroup, KeptGoneGroup } from "./gone-group.ts";

type HubAddress = Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;
type GroupName = Pick<GoneGroup, "store" | "name">;

/**
 * Groups that are gone, over restarts and for every dashboard. Every method
 * @throws AppError `historyUnavailable`.
 */
export class GoneGroupRecords {
  readonly #use: UseEngine;

  constructor(use: UseEngine) {
    this.#use = use;
  }

  ofHub(hub: HubAddress): Promise<KeptGoneGroup[]> {
    return this.#use((engine) => readGoneGroups(engine, hub));
  }

  /** Keeps a group that is gone. An existing record stays as it is. */
  add(hub: HubAddress, group: GoneGroup): Promise<void> {
    return this.#use(async ({ db }) => {
      await db
        .insertInto("gone_groups")
        .values(rowOf(hub, group, null))
        .onConflict((conflict) => conflict.columns(["hub", "address", "store", "consumer_group"]).doNothing())
        .execute();
    });
  }

  remove(hub: HubAddress, group: GroupName): Promise<void> {
    const key = seriesKey(hub, group);
    return this.#use(async ({ db }) => {
      await db
        .deleteFrom("gone_groups")
        .where("hub", "=", key.hub)
        .where("address", "=", key.address)
        .where("store", "=", key.store)
        .where("consumer_group", "=", key.consumer_group)
        .execute();
    });
  }

  dismiss(hub: HubAddress, group: GoneGroup, at: EpochMs): Promise<void> {
    return this.#use(async ({ db }) => {
      await db
        .insertInto("gone_groups")
        .values(rowOf(hub, group, at))
        .onConflict((conflict) =>
          conflict.columns(["hub", "address", "store", "consumer_group"]).doUpdateSet({ dismissed_at: at }),
        )
        .execute();
    });
  }
}

export async function readGoneGroups({ db }: Engine, hub: HubAddress): Promise<KeptGoneGroup[]> {
  const { hub: id, address } = seriesKey(hub, null);
  const rows = await db
    .selectFrom("gone_groups")
    .selectAll()
    .where("hub", "=", id)
    .where("address", "=", address)
    .execute();
  return rows.map(({ store, name, formats, since, last_checkpoint_at, dismissed_at }) => ({
    store,
    name,
    formats: JSON.parse(formats) as CheckpointFormat[],
    since,
    lastCheckpointAt: last_checkpoint_at,
    isDismissed: dismissed_at !== null,
  }));
}

function rowOf(hub: HubAddress, group: GoneGroup, dismissedAt: EpochMs | null): Tables["gone_groups"] {
  return {
    ...seriesKey(hub, group),
    name: group.name,
    formats: JSON.stringify(group.formats),
    since: group.since,
    last_checkpoint_at: group.lastCheckpointAt,
    dismissed_at: dismissedAt,
  };
}
