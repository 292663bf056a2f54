import { entityNotFound, partitionOutOfRange } from "./amqp-errors.ts";
import type { LocalHub } from "./hub.ts";
import type { PartitionLog } from "./partition-log.ts";
import type { AmqpError } from "./rhea.ts";

export type Hubs = ReadonlyMap<string, LocalHub>;

type Found<T> = { found: T; error: null } | { found: null; error: AmqpError };
const refuse = (error: AmqpError) => ({ found: null, error });

/** Resolves a sender's target: a hub, or `{hub}/Partitions/{id}`. */
export function findTarget(
  hubs: Hubs,
  address: string,
): Found<{ hub: LocalHub; partition: PartitionLog | null }> {
  const segments = pathOf(address);
  const [hubName = "", partitions, partitionId = ""] = segments;
  const hub = hubs.get(hubName.toLowerCase());
  if (!hub) return refuse(entityNotFound(hubName));
  if (segments.length === 1) return { found: { hub, partition: null }, error: null };
  if (segments.length !== 3 || partitions?.toLowerCase() !== "partitions") {
    return refuse(entityNotFound(segments.join("/")));
  }
  const partition = hub.partition(partitionId);
  if (!partition) return refuse(partitionOutOfRange(partitionId, hub.partitions.length));
  return { found: { hub, partition }, error: null };
}

/** Resolves a receiver's source: `{hub}/ConsumerGroups/{group}/Partitions/{id}`. */
export function findSource(
  hubs: Hubs,
  address: string,
): Found<{ hub: LocalHub; group: string; partition: PartitionLog }> {
  const segments = pathOf(address);
  const [hubName = "", groups, group = "", partitions, partitionId = ""] = segments;
  const hub = hubs.get(hubName.toLowerCase());
  if (!hub) return refuse(entityNotFound(hubName));
  const isPath = groups?.toLowerCase() === "consumergroups" && partitions?.toLowerCase() === "partitions";
  if (segments.length !== 5 || !isPath) return refuse(entityNotFound(segments.join("/")));
  if (!hub.hasGroup(group)) return refuse(entityNotFound(`${hub.name}/ConsumerGroups/${group}`));
  const partition = hub.partition(partitionId);
  if (!partition) return refuse(partitionOutOfRange(partitionId, hub.partitions.length));
  return { found: { hub, group, partition }, error: null };
}

function pathOf(address: string): string[] {
  return address
    .replace(/^[a-z]+:\/\/[^/]*\//i, "")
    .replace(/\/$/, "")
    .split("/");
}
