import type { EventHub } from "#lib/api/event-hub.ts";
import type { Engine } from "../storage/engine.ts";
import { seriesKey } from "../writing/refresh-batch.ts";

export async function readGroups(
  { db }: Engine,
  hub: Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">,
): Promise<{ store: string; name: string }[]> {
  const key = seriesKey(hub, null);
  return await db
    .selectFrom("series")
    .select(["store", "consumer_group as name"])
    .where("hub", "=", key.hub)
    .where("address", "=", key.address)
    .where("consumer_group", "!=", "")
    .execute();
}
