import type { Check } from "#lib/api/diagnosis.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { StoreReading, StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { counted, fail, listed, pass, type Subject, warn } from "./check.ts";
import { withCode } from "./hub-checks.ts";
import { nearMisses } from "./near-misses.ts";
import type { DiagnosedStore } from "./subject-hub.ts";

type StoreEvidence = RefreshEvidence["stores"][number];

const answered: ReadonlySet<ErrorCode> = new Set([
  "azureUnauthorized",
  "azureThrottled",
  "containerNotFound",
  "notFound",
]);
const warnSkewMs = 5_000;
const failSkewMs = 5 * 60_000;

/** Whether a store can be read at all. */
export function reachChecks(store: DiagnosedStore, { reading, fault }: StoreEvidence): Check[] {
  const what = store.isAccount ? "account" : `container ${JSON.stringify(store.containerName)}`;
  const about = (check: string, title: string): Subject => ({ check, title, store: store.id });
  const reach = about(
    "container",
    store.isAccount ? "The account can be reached" : "The container can be reached",
  );
  const rights = about("listRights", store.isAccount ? "Containers may be listed" : "Blobs may be listed");
  if (fault === null) {
    return [
      pass(reach, { detail: `The ${what} answered.` }),
      pass(rights, { detail: `This dashboard's identity may list the ${what}; ${cost(reading)}.` }),
    ];
  }
  if (fault.code === "azureUnauthorized") {
    return [
      pass(reach, { detail: `The ${what} answered.` }),
      fail(rights, {
        detail: withCode(fault),
        remedy: rightsRemedy(store),
      }),
    ];
  }
  const isMissing = fault.code === "containerNotFound";
  return [
    isMissing || !answered.has(fault.code)
      ? fail(reach, {
          detail: withCode(fault),
          remedy: isMissing
            ? "Correct the container's name, or start a processor that creates it."
            : "Check the account's address, DNS, firewall and private endpoints.",
        })
      : warn(reach, { detail: withCode(fault) }),
    warn(rights, { detail: "Nothing can be said of it before the check above passes." }),
  ];
}

function rightsRemedy({ credential, isAccount }: DiagnosedStore): string {
  const what = isAccount ? "account" : "container";
  switch (credential) {
    case "identity":
      return `Give the identity Storage Blob Data Reader on the ${what}; new rights take some minutes to work.`;
    case "key":
      return "Correct the AccountKey in the connectionString, or use an identity where the account refuses keys.";
    case "signature":
      return `Put a signature in the connectionString that has not expired, for the ${what}, with the permissions Read and List.`;
  }
}

function cost(reading: StoreReading | null): string {
  if (reading === null) return "nothing was read";
  const { listings, bodyReads } = reading;
  return `the last reading took ${counted(listings, "listing")} and ${counted(bodyReads, "body").replace(/bodys$/, "bodies")}`;
}

/** How far this machine's clock and the service's are apart; whole seconds, as the `Date` header counts. */
export function clockCheck(store: DiagnosedStore, { readAt, heardAt }: StoreReading): Check {
  const subject = { check: "clock", title: "The clocks agree", store: store.id };
  // The header cuts off up to a second.
  const ahead = heardAt - readAt - 500;
  const apart = Math.abs(ahead);
  const seconds = Math.round(apart / 1000);
  if (apart <= warnSkewMs)
    return pass(subject, { detail: "This machine's clock and the storage service's agree within 5 s." });
  const detail = `This machine's clock is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} the storage service's. Owners' ages are taken by the service's clock.`;
  const remedy = "Let this machine set its clock by NTP.";
  return apart > failSkewMs
    ? fail(subject, {
        detail: `${detail} Signatures are refused where it is off by more than 15 minutes.`,
        remedy,
      })
    : warn(subject, { detail, remedy });
}

/** What an account does to every overwritten checkpoint. */
export function retentionCheck(store: DiagnosedStore, { softDeleteDays, keepsVersions }: StoreSurvey): Check {
  const subject = { check: "blobRetention", title: "The account keeps no old checkpoints", store: store.id };
  const on = [
    ...(softDeleteDays === null || softDeleteDays === 0
      ? []
      : [`soft delete (${counted(softDeleteDays, "day")})`]),
    ...(keepsVersions === true ? ["versioning"] : []),
  ];
  if (on.length > 0) {
    return warn(subject, {
      detail: `The account has ${on.join(" and ")} on: each checkpoint that is overwritten is kept, and listings grow slow.`,
      remedy: "Keep checkpoints in an account of their own, with soft delete and versioning off.",
    });
  }
  const unseen = [
    ...(softDeleteDays === null ? ["soft delete"] : []),
    ...(keepsVersions === null ? ["versioning"] : []),
  ];
  return pass(subject, {
    detail:
      unseen.length === 0
        ? "Soft delete and versioning are off."
        : `Whether ${unseen.join(" and ")} is on could not be seen from here.`,
  });
}

/** Blobs called like partitions that no layout of this configuration claims. */
export function unclaimedCheck(store: DiagnosedStore, survey: StoreSurvey): Check {
  const subject = { check: "unclaimed", title: "No checkpoint stands unclaimed", store: store.id };
  const orphans = survey.unclaimed.filter(
    ({ folder }) => !store.claimedElsewhere.some((prefix) => folder.startsWith(prefix)),
  );
  if (orphans.length === 0) {
    return pass(subject, {
      detail: survey.isComplete
        ? "Nothing in the container looks like a layout that this configuration does not read."
        : "Nothing that was looked at looks like such a layout; the container holds more than was looked at.",
    });
  }
  return warn(subject, {
    detail: `${orphans.slice(0, 5).map(question).join(" ")}${orphans.length > 5 ? ` And ${orphans.length - 5} more.` : ""}`,
    remedy:
      "Say whose they are with a store of its own: formats go3 with prefix and consumerGroup, or formats eph with prefix.",
    items: orphans.map(({ folder, partitionIds }) => `${folder}${partitionIds[0] ?? ""}`),
  });
}

function question({ folder, partitionIds }: StoreSurvey["unclaimed"][number]): string {
  const [first, last] = [partitionIds[0] ?? "", partitionIds.at(-1) ?? ""];
  const blobs =
    first === last
      ? `The blob ${JSON.stringify(folder + first)} looks`
      : `Blobs ${JSON.stringify(folder + first)} to ${JSON.stringify(folder + last)} look`;
  const group = folder.split("/").at(-2);
  const layout =
    group === undefined ? "" : ` or an EventProcessorHost's of the group ${JSON.stringify(group)}`;
  return `${blobs} like the Go layout${layout}; whose are they?`;
}

export function prefixCheck(
  store: DiagnosedStore,
  reading: StoreReading,
  namespaces: readonly string[],
  eventHubName: string,
): Check {
  const subject = { check: "prefix", title: "Checkpoints of this hub were found", store: store.id };
  const prefixes = reading.survey?.prefixes ?? [];
  const misses =
    reading.survey === null ? [] : nearMisses(reading.survey, { store, namespaces, eventHubName });
  const items = misses.map(({ item }) => item);
  if (reading.groups.size > 0) {
    return pass(subject, {
      detail:
        `${counted(reading.groups.size, "group")} under ${listed(prefixes)}.` +
        (misses.length === 0
          ? ""
          : ` The container also holds trees that are not this hub's (${misses.length}).`),
      items,
    });
  }
  return warn(subject, {
    detail:
      `Nothing stands under ${listed(prefixes)}.` +
      (misses.length === 0 ? "" : ` Perhaps one of these was meant: ${items.slice(0, 5).join("; ")}.`),
    remedy:
      misses[0]?.remedy ??
      "Compare the container with the one that the processors write to. Where none has run yet, nothing is wrong.",
    items,
  });
}
