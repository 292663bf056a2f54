import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import {
  formatAge,
  formatBehind,
  formatCount,
  formatRate,
  formatUntilLoss,
  plural,
} from "#lib/client/format/format.ts";
import { shownChip } from "#lib/client/lag/attention.ts";
import { catchUpOf } from "#lib/client/lag/catch-up.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { groupColumns, lagOf } from "../output/group-columns.ts";
import { parseAddress, storeOptions } from "../parse/address.ts";

export const group: RunCommand = async ({ api, output, args: [text], options }) => {
  const { hub, group: name } = parseAddress(text);
  const query = parseOptions(storeOptions, { options });
  const found = await api.call(operations.getConsumerGroup, { params: { hub, group: name }, query });
  if (output.format === "json" || output.format === "csv") {
    output.rows(groupColumns(Date.now()), [{ hub, group: found }], found, "");
    return "done";
  }
  output.text(groupText(hub, found, Date.now()));
  return "done";
};

export function groupText(hub: string, group: ConsumerGroupDetail, now: number): string {
  const facts = factsOf(hub, group, now);
  const width = Math.max(...facts.map(([title]) => title.length)) + 2;
  return facts.map(([title, value]) => `${title.padEnd(width)}${showText(value)}\n`).join("");
}

function factsOf(hub: string, group: ConsumerGroupDetail, now: number): [string, string][] {
  const { owners, notes, error } = group;
  const lost: [string, string][] =
    group.lostEventsTotal === null || group.lostEventsTotal === 0
      ? []
      : [
          [
            "Lost",
            `${plural(group.lostEventsTotal, "event")} deleted before ${group.lostEventsTotal === 1 ? "it was" : "they were"} checkpointed, since ${moment(group.lostEventsSince ?? "")}`,
          ],
        ];
  return [
    ["Group", `${hub}/${group.name} in ${group.store} (${group.formats.join(", ")})`],
    ["Status", shownChip(group).word],
    [
      "Lag",
      `${lagOf(group)} ${group.totalLag === 1 ? "event" : "events"}${group.partitionsUnknown > 0 ? `, ${plural(group.partitionsUnknown, "partition")} not known` : ""}`,
    ],
    ["Time lag", formatBehind(group.lagSeconds, group.lagSecondsIsLowerBound)],
    ["Rates", `${formatRate(group.eventsInPerSecond)} in, ${formatRate(group.eventsOutPerSecond)} out`],
    ["Catch-up time", catchUpOf(group).text],
    ...(group.secondsUntilLoss === null
      ? []
      : [["Loses events", formatUntilLoss(group.secondsUntilLoss)] as [string, string]]),
    ...lost,
    [
      "Owned",
      `${formatCount(group.ownedPartitions)} of ${formatCount(group.partitionCount)} ${group.partitionCount === 1 ? "partition" : "partitions"}, ${plural(owners.length, "owner")}`,
    ],
    ["Checkpoint", formatAge(group.lastCheckpointAt, now, "none")],
    ["Figures read", formatAge(group.observedAt, now, "not yet")],
    ...(error === null ? [] : [["Stale", error.message] as [string, string]]),
    ...notes.map(({ message, partitionIds }): [string, string] => [
      "Note",
      `${message}${partitionIds.length === 0 ? "" : ` (${partitionIds.length === 1 ? "partition" : "partitions"} ${formatRanges(partitionIds)})`}`,
    ]),
  ];
}
