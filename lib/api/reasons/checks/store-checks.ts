import { z } from "zod";
import { formatCount, formatDuration, plural } from "#lib/core/figures.ts";
import { count, declare } from "../declare.ts";
import { listed } from "./checks.ts";

const names = z.array(z.string());
/** Null: the store is a whole account. */
const container = z.string().nullable();
const see = "See the check's own `remedy`.";

export const storeCheckReasons = {
  storeAnswered: declare(
    { container },
    {
      meaning: "The store answered. `container` null: the account did.",
      remedy: null,
      sentence: (store) => `The ${nameOf(store)} answered.`,
    },
  ),
  storeListable: declare(
    { container, listings: count, bodyReads: count },
    {
      meaning: "The dashboard's identity may list the store; what the last refresh took.",
      remedy: null,
      sentence: ({ listings, bodyReads, ...store }) =>
        `This dashboard's identity may list the ${nameOf(store)}. The last refresh took ${plural(listings, "list request")} and read ${plural(bodyReads, "blob")}.`,
    },
  ),
  clocksAgree: declare(
    {},
    {
      meaning: "This machine's clock and the storage service's agree within 5 s.",
      remedy: null,
      sentence: () => "This machine's clock and the storage service's agree within 5 s.",
    },
  ),
  clocksDiffer: declare(
    { aheadSeconds: z.number(), isSevere: z.boolean() },
    {
      meaning:
        "The clocks differ. `aheadSeconds` below 0: this machine's is behind. `isSevere`: signatures may fail.",
      remedy: see,
      sentence: ({ aheadSeconds, isSevere }) =>
        `This machine's clock is ${formatDuration(Math.abs(aheadSeconds))} ${aheadSeconds > 0 ? "ahead of" : "behind"} the storage service's. Ages of owners use the service's clock.${isSevere ? " The service refuses signatures that are off by more than 15 minutes." : ""}`,
    },
  ),
  oldCheckpointsKept: declare(
    { softDeleteDays: count.nullable(), keepsVersions: z.boolean() },
    {
      meaning:
        "The account keeps each overwritten checkpoint, so listings grow slow. `softDeleteDays` null: not on.",
      remedy: see,
      sentence: ({ softDeleteDays, keepsVersions }) => {
        const on = [
          ...(softDeleteDays === null ? [] : [`soft delete (${plural(softDeleteDays, "day")})`]),
          ...(keepsVersions ? ["versioning"] : []),
        ];
        return `The account has ${on.join(" and ")} on: every overwritten checkpoint is kept, and listings slow down.`;
      },
    },
  ),
  nothingKept: declare(
    {},
    {
      meaning: "Soft delete and versioning are off.",
      remedy: null,
      sentence: () => "Soft delete and versioning are off.",
    },
  ),
  nothingUnclaimed: declare(
    {},
    {
      meaning: "The container was searched for other checkpoint layouts. None was found.",
      remedy: null,
      sentence: () => "The container was searched for other checkpoint layouts. None was found.",
    },
  ),
  blobsUnclaimed: declare(
    { folders: z.array(z.object({ folder: z.string(), first: z.string(), last: z.string() })), more: count },
    {
      meaning: "Blobs look like checkpoints of a layout that this configuration does not read here.",
      remedy: see,
      sentence: ({ folders, more }) =>
        `${folders.map(question).join(" ")}${more > 0 ? ` And ${formatCount(more)} more.` : ""}`,
    },
  ),
  groupsFound: declare(
    { groups: count, prefixes: names, otherTrees: count },
    {
      meaning: "Groups of this hub were found. `otherTrees`: trees of other hubs in the container.",
      remedy: null,
      sentence: ({ groups, prefixes, otherTrees }) =>
        `${plural(groups, "group")}${under(prefixes)}.` +
        (otherTrees === 0
          ? ""
          : ` The container also holds trees that are not this hub's (${formatCount(otherTrees)}).`),
    },
  ),
  nothingFound: declare(
    { prefixes: names, nearMisses: names },
    {
      meaning: "Nothing of this hub was found. `nearMisses`: what was perhaps meant, the likeliest first.",
      remedy: see,
      sentence: ({ prefixes, nearMisses }) =>
        `No blobs found${prefixes.length === 0 ? " there" : under(prefixes)}.` +
        (nearMisses.length === 0 ? "" : ` Did you mean: ${nearMisses.slice(0, 5).join("; ")}?`),
    },
  ),
};

function nameOf({ container: name }: { container: string | null }): string {
  return name === null ? "account" : `container ${JSON.stringify(name)}`;
}

function question({ folder, first, last }: { folder: string; first: string; last: string }): string {
  const blobs =
    first === last
      ? `The blob ${JSON.stringify(folder + first)} looks`
      : `Blobs ${JSON.stringify(folder + first)} to ${JSON.stringify(folder + last)} look`;
  const group = folder.split("/").at(-2);
  const layout =
    group === undefined ? "" : ` or an EventProcessorHost's of the group ${JSON.stringify(group)}`;
  return `${blobs} like the Go layout${layout}, which is not configured.`;
}

/** Empty when another store of the same container does the survey. */
function under(prefixes: readonly string[]): string {
  return prefixes.length === 0 ? "" : ` under ${listed(prefixes)}`;
}
