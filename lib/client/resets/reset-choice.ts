import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { PreviewRequest, ResetMode } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { heldPartitions } from "#lib/client/lag/held-partitions.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { type FileChoice, fileTarget } from "#lib/client/positions/import-target.ts";
import type { ValuesOf } from "#lib/client/url/parsers.ts";
import { toIso } from "#lib/core/time.ts";
import { agoUnits, type resetParsers, type TargetChoice } from "./reset-url.ts";

export type ResetUrl = Omit<ValuesOf<typeof resetParsers>, "mode"> & { mode: ResetMode };

export type Chosen = { request: PreviewRequest } | { missing: string };

const tenYearsSeconds = 315_360_000;

export const assumedHandlerSeconds = 30;

/** JSON layouts can't be reset live. */
export function canGoLive({ formats }: Pick<ConsumerGroup, "formats">): boolean {
  return formats.length === 0 || formats.includes("common");
}

/** Whose processors run is not asked to stop them, unless it must be. */
export function usualMode(
  group: Pick<ConsumerGroup, "formats" | "ownedPartitions" | "heldPartitions">,
): ResetMode {
  const isRunning = group.ownedPartitions + heldPartitions(group) > 0;
  return isRunning && canGoLive(group) ? "live" : "offline";
}

export function choose(
  url: ResetUrl,
  known: readonly string[],
  file: FileChoice | null,
  suggestedSeconds = assumedHandlerSeconds,
): Chosen {
  const picked = pickPartitions(url.partitions, known);
  if ("missing" in picked) return picked;
  const target = pickTarget(url, file);
  if ("missing" in target) return target;
  const { mode, handler } = url;
  const handlerSeconds = handler ?? suggestedSeconds;
  if (mode === "live" && !(handlerSeconds >= 1 && handlerSeconds <= 3_600)) {
    return { missing: "Enter the longest handler time: 1 to 3,600 seconds." };
  }
  const within = "within" in target ? target.within : null;
  const partitions = narrow(picked.partitions, within);
  if (partitions.length === 0) return { missing: "None of the chosen partitions is in the file." };
  return {
    request: {
      partitions,
      target: target.target,
      mode,
      handlerSeconds: mode === "live" ? handlerSeconds : 30,
    },
  };
}

function pickPartitions(
  text: string | null,
  known: readonly string[],
): { partitions: PreviewRequest["partitions"] } | { missing: string } {
  if (text === null) return { partitions: "all" };
  const { ids, problems } = parseRanges(text, known);
  const [problem] = problems;
  if (problem !== undefined) return { missing: problem };
  return ids.length === 0 ? { missing: "Choose at least one partition." } : { partitions: ids };
}

function narrow(
  partitions: PreviewRequest["partitions"],
  within: readonly string[] | null,
): PreviewRequest["partitions"] {
  if (within === null) return partitions;
  return partitions === "all" ? [...within] : partitions.filter((id) => within.includes(id));
}

type Picked = { target: Target; within?: readonly string[] } | { missing: string };

function pickTarget(url: ResetUrl, file: FileChoice | null): Picked {
  switch (url.target) {
    case null:
      return { missing: "Choose a target." };
    case "earliest":
    case "latest":
      return { target: { kind: url.target } };
    case "time":
      return url.at === null
        ? { missing: "Enter a time." }
        : { target: { kind: "time", value: toIso(url.at) } };
    case "ago":
      return pickAgo(url.ago);
    case "sequenceNumber":
      return url.sequence === null || url.sequence < 0
        ? { missing: "Enter the next sequence number to read: 0 or more." }
        : { target: { kind: "sequenceNumber", value: url.sequence } };
    case "shift":
      return url.shift === null || url.shift === 0
        ? { missing: "Enter the number of events to shift by." }
        : { target: { kind: "shift", by: url.shift } };
    case "group":
      return url.from === null
        ? { missing: "Choose the other group." }
        : {
            target: {
              kind: "group",
              name: url.from,
              ...(url.fromStore === null ? {} : { store: url.fromStore }),
            },
          };
    case "file":
      return file === null ? { missing: "Choose a file of positions." } : fileTarget(file, url.fileBy);
  }
}

function pickAgo(ago: ResetUrl["ago"]): Picked {
  const seconds = ago === null ? 0 : ago.amount * agoUnits[ago.unit];
  if (seconds <= 0) return { missing: "Enter how long ago." };
  if (seconds > tenYearsSeconds) return { missing: "At most ten years ago." };
  return { target: { kind: "ago", seconds } };
}

/** Targets that need an event per partition read; the ends are known without. */
const needsEvents: Record<TargetChoice, boolean> = {
  time: true,
  ago: true,
  earliest: false,
  latest: false,
  sequenceNumber: true,
  shift: true,
  group: false,
  file: true,
};

export function hasToRead({ target }: Pick<ResetUrl, "target">): boolean {
  return target !== null && needsEvents[target];
}

export function chosenCount({ partitions }: Pick<PreviewRequest, "partitions">, all: number): string {
  const total = plural(all, "partition");
  if (partitions !== "all" && partitions.length < all) return `${formatCount(partitions.length)} of ${total}`;
  if (all === 2) return "both partitions";
  return all === 1 ? "the only partition" : `all ${total}`;
}
