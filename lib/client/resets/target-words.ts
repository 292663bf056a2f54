import { moment } from "#lib/api/reasons/moment.ts";
import type { Edge, RequestedTarget, Reset } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { localTimes } from "#lib/client/history/time-axis.ts";
import { isOfBlobs } from "./blob-words.ts";

export type Phrase = string | { strong: string; at?: string } | { aside: string };

export function targetPhrases(target: RequestedTarget, resolvedTime: string | null): Phrase[] {
  switch (target.kind) {
    case "earliest":
      return [{ strong: "Earliest" }];
    case "latest":
      return [{ strong: "Latest" }];
    case "time":
      return timePhrases(resolvedTime ?? target.value);
    case "ago": {
      const at = resolvedTime ?? ("resolvedTime" in target ? target.resolvedTime : null);
      return at === null ? [{ strong: `${formatDuration(target.seconds)} ago` }] : timePhrases(at);
    }
    case "sequenceNumber":
      if ("skipped" in target)
        return ["the event after ", { strong: formatCount(target.skipped.sequenceNumber) }];
      return ["the event with ", { strong: `sequence number ${formatCount(target.value)}` }];
    case "shift":
      return [
        { strong: `${plural(Math.abs(target.by), "event")} ${target.by < 0 ? "before" : "after"}` },
        " its position",
      ];
    case "group":
      return ["the position of ", { strong: showText(target.name) }];
    case "positions":
      return [{ strong: "a position for each partition" }];
    case "times":
      return [{ strong: "the times of a file" }];
    case "move":
      return [
        "the position of ",
        { strong: showText(target.from.group) },
        " in store ",
        { strong: showText(target.from.store) },
        ...(target.from.hub === undefined ? [] : [" on the hub ", { strong: showText(target.from.hub) }]),
      ];
    case "cleanup":
      return ["a store without ", { strong: "blobs that nobody needs" }];
    case "undo":
      return [{ strong: "the former positions" }];
  }
}

/** How many partitions of `all` went to an end of the stream, which does not have the target. */
export interface Clamped extends Record<Edge, number> {
  all: number;
}

export function clampedPhrases(named: readonly Phrase[], { earliest, latest, all }: Clamped): Phrase[] {
  if (earliest + latest === 0) return [...named];
  if (earliest === all) return [{ strong: "Earliest" }, ": ", ...named, " is not in the stream"];
  if (latest === all) return [{ strong: "Latest" }, ": ", ...named, " is not in the stream"];
  const ends = [
    ...(earliest === 0 ? [] : [`${formatCount(earliest)} of ${formatCount(all)} to Earliest`]),
    ...(latest === 0 ? [] : [`${formatCount(latest)} of ${formatCount(all)} to Latest`]),
  ];
  return [...named, ` (${ends.join(", ")})`];
}

/** A reset may reach something else than its target: partitions of which the stream has it no more go to its end. */
export function reachedPhrases({ target, entries }: Pick<Reset, "target" | "entries">): Phrase[] {
  const named = targetPhrases(target, null);
  if (entries.length === 0) return named;
  if (target.kind !== "undo") {
    const count = (end: Edge) => entries.filter(({ clampedTo }) => clampedTo === end).length;
    return clampedPhrases(named, {
      earliest: count("earliest"),
      latest: count("latest"),
      all: entries.length,
    });
  }
  if (isOfBlobs({ entries })) return [{ strong: "the blobs before the clean-up" }];
  const returning = entries.filter(({ clampedTo, result }) => clampedTo === null && result !== "skipped");
  if (returning.length === entries.length) return named;
  if (returning.length > 0)
    return [
      ...named,
      ` (${formatCount(entries.length - returning.length)} of ${formatCount(entries.length)} can’t return)`,
    ];
  const ends = new Set(entries.flatMap(({ clampedTo }) => clampedTo ?? []));
  if (ends.size === 0) return named;
  const end = ends.size === 2 ? "Earliest and Latest" : ends.has("latest") ? "Latest" : "Earliest";
  return [{ strong: end }, ": none can return to its old position"];
}

export function plainText(phrases: readonly Phrase[]): string {
  return phrases
    .map((phrase) =>
      typeof phrase === "string" ? phrase : "strong" in phrase ? phrase.strong : phrase.aside,
    )
    .join("");
}

function timePhrases(at: string): Phrase[] {
  const named: Phrase = { strong: moment(at), at };
  return localTimes.zone === "UTC" ? [named] : [named, { aside: ` (${localTimes.full(Date.parse(at))})` }];
}
