import type { Check } from "#lib/api/diagnosis.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { StoreReading, StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { counted, fail, listed, pass, type Subject, skip, warn } from "./check.ts";
import { withCode } from "./hub-checks.ts";
import { nearMisses } from "./near-misses.ts";
import { notChecked } from "./not-checked.ts";
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

/** Whether a store can be read at all. `seen` null: the last refresh did not know it yet. */
export function reachChecks(store: DiagnosedStore, seen: StoreEvidence | null): Check[] {
  const what = store.isAccount ? "account" : `container ${JSON.stringify(store.containerName)}`;
  const about = (check: string, title: string): Subject => ({
    check,
    title,
    store: store.id,
    names: "ownHub",
  });
  const reach = about(
    "container",
    store.isAccount ? "The account can be reached" : "The container can be reached",
  );
  const rights = about("listRights", store.isAccount ? "Containers may be listed" : "Blobs may be listed");
  const { reading = null, fault = null } = seen ?? {};
  if (fault === null) {
    if (reading === null) return [reach, rights].map((one) => skip(one, notChecked.storeUnread));
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
    skip(rights, notChecked.storeFailed),
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

function cost({ listings, bodyReads }: StoreReading): string {
  return `the last reading took ${counted(listings, "listing")} and ${counted(bodyReads, "body").replace(/bodys$/, "bodies")}`;
}

/** How far this machine's clock and the service's are apart; whole seconds, as the `Date` header counts. */
export function clockCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject: Subject = { check: "clock", title: "The clocks agree", store: store.id, names: "ownHub" };
  if (reading === null) return skip(subject, notChecked.storeFailed);
  const { readAt, heardAt } = reading;
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
export function retentionCheck(store: DiagnosedStore, survey: StoreSurvey | null, isRead: boolean): Check {
  const subject: Subject = {
    check: "blobRetention",
    title: "The account keeps no old checkpoints",
    store: store.id,
    names: "ownHub",
  };
  if (survey === null) return skip(subject, isRead ? notChecked.surveyMissing : notChecked.storeFailed);
  const { softDeleteDays, keepsVersions } = survey;
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
  if (unseen.length > 0) {
    const off = ["soft delete", "versioning"].filter((setting) => !unseen.includes(setting));
    return skip(subject, notChecked.settingsUnseen(off, unseen));
  }
  return pass(subject, { detail: "Soft delete and versioning are off." });
}

/** Blobs called like partitions that no layout of this configuration claims. */
export function unclaimedCheck(store: DiagnosedStore, survey: StoreSurvey | null, isRead: boolean): Check {
  const subject: Subject = {
    check: "unclaimed",
    title: "No checkpoint stands unclaimed",
    store: store.id,
    names: "otherHubs",
  };
  if (survey === null) return skip(subject, isRead ? notChecked.surveyMissing : notChecked.storeFailed);
  const orphans = survey.unclaimed.filter(
    ({ folder }) => !store.claimedElsewhere.some((prefix) => folder.startsWith(prefix)),
  );
  if (orphans.length === 0) {
    if (!survey.isComplete) return skip(subject, notChecked.surveyPartial);
    return pass(subject, {
      detail: "Nothing in the container looks like a layout that this configuration does not read.",
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
  reading: StoreReading | null,
  namespaces: readonly string[],
  eventHubName: string,
): Check {
  const subject: Subject = {
    check: "prefix",
    title: "Checkpoints of this hub were found",
    store: store.id,
    names: "otherHubs",
  };
  if (reading === null) return skip(subject, notChecked.storeFailed);
  const prefixes = reading.survey?.prefixes ?? [];
  const misses =
    reading.survey === null ? [] : nearMisses(reading.survey, { store, namespaces, eventHubName });
  const items = misses.map(({ item }) => item);
  if (reading.groups.size > 0) {
    return pass(subject, {
      detail:
        `${counted(reading.groups.size, "group")}${under(prefixes)}.` +
        (misses.length === 0
          ? ""
          : ` The container also holds trees that are not this hub's (${misses.length}).`),
      items,
    });
  }
  return warn(subject, {
    detail:
      `Nothing stands${prefixes.length === 0 ? " there" : under(prefixes)}.` +
      (misses.length === 0 ? "" : ` Perhaps one of these was meant: ${items.slice(0, 5).join("; ")}.`),
    remedy:
      misses[0]?.remedy ??
      "Compare the container with the one that the processors write to. Where none has run yet, nothing is wrong.",
    items,
  });
}

/** Empty where only another store of the same container looks around in it. */
function under(prefixes: readonly string[]): string {
  return prefixes.length === 0 ? "" : ` under ${listed(prefixes)}`;
}
