import type { Check } from "#lib/api/diagnosis.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { counted, fail, listed, pass, type Subject, skip, warn } from "./check.ts";
import { notChecked } from "./not-checked.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

/** Groups that are configured and that no blob was ever seen of. */
export function configuredGroupsCheck(hub: DiagnosedHub, { groups, evidence }: HubSnapshot): Check {
  const subject: Subject = {
    check: "configuredGroups",
    title: "Every configured group was seen",
    store: null,
    names: "ownHub",
  };
  if (hub.consumerGroups.length === 0) return skip(subject, notChecked.noGroupsNamed);
  const stores = evidence?.stores ?? [];
  const seen = new Set(stores.flatMap(({ reading }) => [...(reading?.groups.keys() ?? [])]));
  const unseen = hub.consumerGroups.filter((name) => !seen.has(name.toLowerCase()));
  if (unseen.length === 0) {
    return pass(subject, {
      detail: `All of ${counted(hub.consumerGroups.length, "configured group")} have blobs.`,
    });
  }
  // It may stand in one that could not be read.
  const unread = hub.stores
    .map(({ id }) => id)
    .filter((id) => !stores.some((one) => one.id === id && one.reading !== null));
  if (unread.length === hub.stores.length) return skip(subject, notChecked.storesFailed);
  const others = groups.map(({ group }) => group.name).filter((name) => seen.has(name.toLowerCase()));
  return warn(subject, {
    detail:
      `No checkpoint and no ownership of ${listed(unseen)} was seen.` +
      (others.length === 0 ? "" : ` The stores hold ${listed([...new Set(others)])}.`) +
      (unread.length === 0 ? "" : ` Not every store could be read: ${listed(unread)}.`),
    remedy: "Compare the names with the processors' own; a group appears with its first claim or checkpoint.",
    items: unseen,
  });
}

/** Checkpoints past the end of the stream, or from before the hub was made. */
export function aheadCheck({ groups, evidence }: HubSnapshot): Check {
  const subject: Subject = {
    check: "aheadOfHub",
    title: "No checkpoint is ahead of the hub",
    store: null,
    names: "ownHub",
  };
  const all = groups.flatMap(({ group, partitions }) =>
    partitions
      .filter(({ checkpoint }) => checkpoint !== null)
      .map((partition) => ({
        ...partition,
        isOld: group.stale,
        name: `${group.name} / ${partition.partitionId}`,
      })),
  );
  const ahead = all.filter(({ lagState }) => lagState === "ahead");
  if (ahead.length > 0) {
    return fail(subject, {
      detail: `${counted(ahead.length, "checkpoint")} can't be of this hub as it is. The first: ${ahead[0]?.reason ?? ""}`,
      remedy: "If the hub was re-created, reset those groups: processors fail on the old offsets.",
      items: ahead.map(({ name }) => name),
    });
  }
  if (evidence?.hub.reading == null) return skip(subject, notChecked.hubRefused);
  const compared = all.filter(
    ({ lagState, isOld }) => !isOld && lagState !== "unknown" && lagState !== "unreadable",
  );
  if (compared.length === 0) return skip(subject, notChecked.noComparable);
  if (compared.length < all.length) {
    return skip(subject, notChecked.notAllComparable(all.length - compared.length, all.length));
  }
  return pass(subject, { detail: "Every checkpoint lies in its hub's stream, or before it." });
}
