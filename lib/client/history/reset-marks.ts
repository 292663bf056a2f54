import { queryOptions } from "@tanstack/react-query";
import type { RequestedTarget, Resets } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { getJson } from "#lib/client/http/get-json.ts";
import { groupPath, keys } from "#lib/client/http/queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export interface ResetMark {
  id: string;
  at: number;
  label: string;
  actor: string;
  path: string;
}

const mostMarks = "100";

export function resetMarksQuery(address: GroupAddress) {
  return queryOptions<Resets>({
    queryKey: [...keys.past(address, true), "resets"],
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: ({ signal }) =>
      getJson(
        groupPath(address, "/resets", { limit: mostMarks }),
        async () => (await import("#lib/api/resets.ts")).resetsSchema,
        signal,
      ),
  });
}

export function resetMarks({ resets }: Resets, times: Times): ResetMark[] {
  return resets
    .map(({ id, startedAt, target, actor }) => ({
      id,
      at: Date.parse(startedAt),
      actor: showText(actor),
      label: `${targetLabel(target, times)} by ${showText(actor)}`,
      path: `/resets/${encodeURIComponent(id)}`,
    }))
    .sort((a, b) => a.at - b.at);
}

function targetLabel(target: RequestedTarget, times: Times): string {
  switch (target.kind) {
    case "earliest":
    case "latest":
      return target.kind;
    case "sequenceNumber":
      return `event ${formatCount(target.value)}`;
    case "time":
      return times.full(Date.parse(target.value));
    case "ago":
      return `${formatDuration(target.seconds)} ago`;
    case "shift":
      return `${plural(Math.abs(target.by), "event")} ${target.by < 0 ? "back" : "ahead"}`;
    case "group":
      return `position of ${showText(target.name)}`;
    case "positions":
      return "a position for each partition";
    case "times":
      return "a file's times";
    case "move":
      return `moved from ${showText(target.from.store)}`;
    case "cleanup":
      return "clean-up";
    case "undo":
      return "undo";
  }
}
