import type { Check } from "#lib/api/diagnosis.ts";
import { fromStored, reason } from "#lib/api/reasons/reason.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { fail, pass, type Subject, skip, warn } from "./check.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

export function configuredGroupsCheck(hub: DiagnosedHub, { groups, evidence }: HubSnapshot): Check {
  const subject: Subject = {
    check: "configuredGroups",
    title: "Configured groups found",
    store: null,
    names: "ownHub",
  };
  if (hub.consumerGroups.length === 0) return skip(subject, reason("noGroupsNamed"));
  const stores = evidence?.stores ?? [];
  const seen = new Set(stores.flatMap(({ reading }) => [...(reading?.groups.keys() ?? [])]));
  const unseen = hub.consumerGroups.filter((name) => !seen.has(name.toLowerCase()));
  if (unseen.length === 0) {
    return pass(subject, {
      detail: reason("configuredGroupsSeen", { groups: hub.consumerGroups.length }),
    });
  }
  // The group may be in a store that was not read.
  const unread = hub.stores
    .map(({ id }) => id)
    .filter((id) => !stores.some((one) => one.id === id && one.reading !== null));
  if (unread.length === hub.stores.length) return skip(subject, reason("noStoreRead"));
  const others = groups.map(({ group }) => group.name).filter((name) => seen.has(name.toLowerCase()));
  return warn(subject, {
    detail: reason("configuredGroupsUnseen", {
      groups: unseen,
      others: [...new Set(others)],
      unreadStores: unread,
    }),
    remedy: reason("compareGroupNames"),
    items: unseen,
  });
}

export function aheadCheck({ groups, evidence }: HubSnapshot): Check {
  const subject: Subject = {
    check: "aheadOfHub",
    title: "Checkpoints belong to this event hub",
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
      detail: reason("checkpointsAhead", {
        checkpoints: ahead.length,
        because: fromStored(ahead[0]?.reason) ?? reason("checkpointOfFormerHub"),
      }),
      remedy: reason("resetGroups"),
      items: ahead.map(({ name }) => name),
    });
  }
  if (evidence?.hub.reading == null) return skip(subject, reason("hubNotRead"));
  const compared = all.filter(
    ({ lagState, isOld }) => !isOld && lagState !== "unknown" && lagState !== "unreadable",
  );
  if (compared.length === 0) return skip(subject, reason("nothingToCompare"));
  if (compared.length < all.length) {
    return skip(
      subject,
      reason("notAllCompared", { missing: all.length - compared.length, checkpoints: all.length }),
    );
  }
  return pass(subject, { detail: reason("checkpointsInStream") });
}
