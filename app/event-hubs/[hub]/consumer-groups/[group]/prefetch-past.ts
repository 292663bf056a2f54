import type { QueryKey } from "@tanstack/react-query";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { historyQuerySchema } from "#lib/api/history.ts";
import { linesToAsk, readLines } from "#lib/client/history/history-lines.ts";
import { type RangeTexts, readRange } from "#lib/client/history/range-url.ts";
import { rangeMoments, type TimeRange } from "#lib/client/history/time-range.ts";
import { firstRange } from "#lib/client/history/watched.ts";
import { historyQueryOf, ownersInRange, pastKeys, rangeQuery } from "#lib/client/http/hub-queries.ts";
import { groupTabParsers, lineParsers, rangeParsers } from "#lib/client/url/page-state.ts";
import { readSearch, type SearchParams } from "#lib/client/url/parsers.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { runtime } from "#lib/server/runtime.ts";
import { withinLimit } from "./within-limit.ts";

function rangeTexts(search: SearchParams): RangeTexts {
  return readSearch(rangeParsers, search);
}

export async function firstRangeOf(
  { hub, group, store }: GroupAddress,
  search: SearchParams,
  now: number,
): Promise<TimeRange> {
  const { isUnset, problem } = readRange(rangeTexts(search), firstRange(null, now));
  if (!isUnset && problem === null) return firstRange(null, now);
  const shortest = historyQuerySchema.parse({ store, points: 1 });
  const history = await withinLimit(runtime().history(hub, group, shortest));
  return firstRange(history?.watchedSince == null ? null : Date.parse(history.watchedSince), now);
}

export async function prefetchPast(
  address: GroupAddress,
  group: ConsumerGroupDetail,
  search: SearchParams,
  firstRange: TimeRange,
  now: number,
): Promise<(readonly [QueryKey, unknown])[]> {
  const { tab, partitions } = readSearch({ ...groupTabParsers, ...lineParsers }, search);
  if (tab !== "lag" && tab !== "owners") return [];
  const { range } = readRange(rangeTexts(search), firstRange);
  const { hub, group: name, store } = address;
  const moments = rangeMoments(range, now);
  const owners = runtime()
    .owners(hub, name, { store, ...rangeQuery(moments) })
    .then((answer) => [pastKeys.owners(address, range), ownersInRange(answer, range, now)] as const);
  const asked: Promise<readonly [QueryKey, unknown]>[] = [owners];
  if (tab === "lag") {
    const known = group.partitions.map(({ partitionId }) => partitionId);
    const lines = linesToAsk(readLines(partitions, known), known);
    const query = historyQuerySchema.parse({ store, ...historyQueryOf(lines, moments) });
    const history = runtime().history(hub, name, query);
    asked.push(history.then((answer) => [pastKeys.history(address, lines, range), answer] as const));
  }
  const answers = await Promise.all(asked.map(withinLimit));
  return answers.filter((answer) => answer !== null);
}
