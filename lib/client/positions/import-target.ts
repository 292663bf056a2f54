import type { Target } from "#lib/api/target.ts";
import type { HubIdentity, ImportedPositions } from "./imported-positions.ts";

export interface FileChoice {
  file: ImportedPositions;
  hub: HubIdentity;
  known: readonly string[];
}

type By = "position" | "time";

export function fileRefusals({ file, hub }: FileChoice): Record<By, string | null> {
  const has = (key: "nextSequenceNumber" | "enqueuedAt") => file.positions.some((one) => one[key] !== null);
  return {
    position: has("nextSequenceNumber") ? otherHub(file.hub, hub) : "The file holds no positions.",
    time: has("enqueuedAt") ? null : "The file holds no enqueued times.",
  };
}

/** Sequence numbers hold only for the hub that they came from. */
function otherHub(of: HubIdentity | null, here: HubIdentity): string | null {
  const elsewhere = "its sequence numbers would mean other events here.";
  if (of === null) return `The file does not say which hub it is of: ${elsewhere}`;
  const name = (hub: HubIdentity) => `${hub.eventHubName} on ${hub.fullyQualifiedNamespace}`;
  if (name(of).toLowerCase() !== name(here).toLowerCase()) {
    return `The file is of ${name(of)}, this is ${name(here)}: ${elsewhere}`;
  }
  if (Date.parse(of.createdOn) === Date.parse(here.createdOn)) return null;
  return `The file is of a hub of this name that was created at ${of.createdOn}; this one was created at ${here.createdOn}: ${elsewhere}`;
}

export function fileWay(choice: FileChoice, by: By | null): By | null {
  const refusals = fileRefusals(choice);
  return (
    [by, "position" as const, "time" as const].find((way) => way !== null && refusals[way] === null) ?? null
  );
}

export function fileTarget(
  choice: FileChoice,
  by: By | null,
): { target: Target; within: string[] } | { missing: string } {
  const way = fileWay(choice, by);
  const { file, known } = choice;
  if (way === null) return { missing: "The file can't be used here." };
  const here = file.positions.filter(({ partitionId }) => known.includes(partitionId));
  const entries = here.flatMap(
    ({ partitionId, nextSequenceNumber, enqueuedAt }): [string, number | string][] => {
      const value = way === "position" ? nextSequenceNumber : enqueuedAt;
      return value === null ? [] : [[partitionId, value]];
    },
  );
  if (entries.length === 0) return { missing: "The file has a place for none of this group's partitions." };
  const within = entries.map(([id]) => id);
  if (way === "time") {
    return {
      target: { kind: "times", values: Object.fromEntries(entries) as Record<string, string> },
      within,
    };
  }
  const values = Object.fromEntries(entries) as Record<string, number>;
  return {
    target: { kind: "positions", values, ...(file.hub === null ? {} : { exportedFrom: file.hub }) },
    within,
  };
}
