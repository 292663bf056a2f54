import type { Check } from "#lib/api/diagnosis.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { StoreReading, StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { fail, pass, type Subject, skip, warn } from "./check.ts";
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
const mostAsked = 5;

export function reachChecks(store: DiagnosedStore, seen: StoreEvidence | null): Check[] {
  const what = { container: store.isAccount ? null : store.containerName };
  const about = (check: string, title: string): Subject => ({
    check,
    title,
    store: store.id,
    names: "ownHub",
  });
  const reach = about("container", store.isAccount ? "Storage account reachable" : "Container reachable");
  const rights = about(
    "listRights",
    store.isAccount ? "Permission to list containers" : "Permission to list blobs",
  );
  const { reading = null, fault = null } = seen ?? {};
  if (fault === null) {
    if (reading === null) return [reach, rights].map((one) => skip(one, reason("storeNotReadYet")));
    return [
      pass(reach, { detail: reason("storeAnswered", what) }),
      pass(rights, {
        detail: reason("storeListable", {
          ...what,
          listings: reading.listings,
          bodyReads: reading.bodyReads,
        }),
      }),
    ];
  }
  if (fault.code === "azureUnauthorized") {
    return [
      pass(reach, { detail: reason("storeAnswered", what) }),
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
          remedy: reason(isMissing ? "correctContainer" : "checkAccount"),
        })
      : warn(reach, { detail: withCode(fault) }),
    skip(rights, reason("storeNotRead")),
  ];
}

function rightsRemedy({ credential, isAccount }: DiagnosedStore): Reason {
  const target = isAccount ? "account" : "container";
  switch (credential) {
    case "identity":
      return reason("grantBlobReader", { target });
    case "key":
      return reason("correctAccountKey");
    case "signature":
      return reason("renewSignature", { target });
  }
}

export function clockCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject: Subject = { check: "clock", title: "Clocks in sync", store: store.id, names: "ownHub" };
  if (reading === null) return skip(subject, reason("storeNotRead"));
  const { readAt, heardAt } = reading;
  // The header drops up to a second.
  const ahead = heardAt - readAt - 500;
  const apart = Math.abs(ahead);
  if (apart <= warnSkewMs) return pass(subject, { detail: reason("clocksAgree") });
  const isSevere = apart > failSkewMs;
  const detail = reason("clocksDiffer", { aheadSeconds: Math.round(ahead / 1000), isSevere });
  return (isSevere ? fail : warn)(subject, { detail, remedy: reason("setClock") });
}

export function retentionCheck(store: DiagnosedStore, survey: StoreSurvey | null, isRead: boolean): Check {
  const subject: Subject = {
    check: "blobRetention",
    title: "Soft delete and versioning off",
    store: store.id,
    names: "ownHub",
  };
  if (survey === null) return skip(subject, isRead ? reason("notLookedAround") : reason("storeNotRead"));
  const { softDeleteDays, keepsVersions } = survey;
  if ((softDeleteDays ?? 0) > 0 || keepsVersions === true) {
    return warn(subject, {
      detail: reason("oldCheckpointsKept", {
        softDeleteDays: softDeleteDays || null,
        keepsVersions: keepsVersions === true,
      }),
      remedy: reason("useOwnAccount"),
    });
  }
  const unseen = [
    ...(softDeleteDays === null ? ["soft delete"] : []),
    ...(keepsVersions === null ? ["versioning"] : []),
  ];
  if (unseen.length > 0) {
    const off = ["soft delete", "versioning"].filter((setting) => !unseen.includes(setting));
    return skip(subject, reason("settingsNotSeen", { off, unseen }));
  }
  return pass(subject, { detail: reason("nothingKept") });
}

export function unclaimedCheck(store: DiagnosedStore, survey: StoreSurvey | null, isRead: boolean): Check {
  const subject: Subject = {
    check: "unclaimed",
    title: "No checkpoints in other layouts",
    store: store.id,
    names: "otherHubs",
  };
  if (survey === null) return skip(subject, isRead ? reason("notLookedAround") : reason("storeNotRead"));
  const orphans = survey.unclaimed.filter(
    ({ folder }) => !store.claimedElsewhere.some((prefix) => folder.startsWith(prefix)),
  );
  if (orphans.length === 0) {
    if (!survey.isComplete) return skip(subject, reason("lookedAroundInPart"));
    return pass(subject, {
      detail: reason("nothingUnclaimed"),
    });
  }
  return warn(subject, {
    detail: reason("blobsUnclaimed", {
      folders: orphans.slice(0, mostAsked).map(({ folder, partitionIds }) => ({
        folder,
        first: partitionIds[0] ?? "",
        last: partitionIds.at(-1) ?? "",
      })),
      more: Math.max(0, orphans.length - mostAsked),
    }),
    remedy: reason("sayWhose"),
    items: orphans.map(({ folder, partitionIds }) => `${folder}${partitionIds[0] ?? ""}`),
  });
}

export function prefixCheck(
  store: DiagnosedStore,
  reading: StoreReading | null,
  namespaces: readonly string[],
  eventHubName: string,
): Check {
  const subject: Subject = {
    check: "prefix",
    title: "Checkpoints found for this event hub",
    store: store.id,
    names: "otherHubs",
  };
  if (reading === null) return skip(subject, reason("storeNotRead"));
  const prefixes = reading.survey?.prefixes ?? [];
  const misses =
    reading.survey === null ? [] : nearMisses(reading.survey, { store, namespaces, eventHubName });
  const items = misses.map(({ item }) => item);
  if (reading.groups.size > 0) {
    return pass(subject, {
      detail: reason("groupsFound", {
        groups: reading.groups.size,
        prefixes: [...prefixes],
        otherTrees: misses.length,
      }),
      items,
    });
  }
  return warn(subject, {
    detail: reason("nothingFound", { prefixes: [...prefixes], nearMisses: items }),
    remedy: misses[0]?.remedy ?? reason("compareContainer"),
    items,
  });
}
