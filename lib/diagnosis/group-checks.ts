import type { Check } from "#lib/api/diagnosis.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { counted, fail, listed, pass, type Subject, warn } from "./check.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

/** Groups that are configured and that no blob was ever seen of. */
export function configuredGroupsCheck(hub: DiagnosedHub, { groups, evidence }: HubSnapshot): Check {
  const subject: Subject = {
    check: "configuredGroups",
    title: "Every configured group was seen",
    store: null,
  };
  if (hub.consumerGroups.length === 0) return pass(subject, { detail: "consumerGroups names none." });
  const seen = new Set(
    (evidence?.stores ?? []).flatMap(({ reading }) => [...(reading?.groups.keys() ?? [])]),
  );
  const unseen = hub.consumerGroups.filter((name) => !seen.has(name.toLowerCase()));
  if (unseen.length === 0) {
    return pass(subject, {
      detail: `All of ${counted(hub.consumerGroups.length, "configured group")} have blobs.`,
    });
  }
  const others = groups.map(({ group }) => group.name).filter((name) => seen.has(name.toLowerCase()));
  return warn(subject, {
    detail:
      `No checkpoint and no ownership of ${listed(unseen)} was seen.` +
      (others.length === 0 ? "" : ` The stores hold ${listed([...new Set(others)])}.`),
    remedy: "Compare the names with the processors' own; a group appears with its first claim or checkpoint.",
    items: unseen,
  });
}

/** Checkpoints past the end of the stream, or from before the hub was made. */
export function aheadCheck({ groups }: HubSnapshot): Check {
  const subject: Subject = { check: "aheadOfHub", title: "No checkpoint is ahead of the hub", store: null };
  const ahead = groups.flatMap(({ group, partitions }) =>
    partitions
      .filter(({ lagState }) => lagState === "ahead")
      .map(({ partitionId, reason }) => ({ name: `${group.name} / ${partitionId}`, reason })),
  );
  if (ahead.length === 0)
    return pass(subject, { detail: "Every checkpoint lies in its hub's stream, or before it." });
  return fail(subject, {
    detail: `${counted(ahead.length, "checkpoint")} can't be of this hub as it is. The first: ${ahead[0]?.reason ?? ""}`,
    remedy: "If the hub was re-created, reset those groups: processors fail on the old offsets.",
    items: ahead.map(({ name }) => name),
  });
}
