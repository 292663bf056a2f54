import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { formatCount } from "../format/format.ts";
import type { Times } from "../history/time-axis.ts";

export type Losses = Pick<GroupPartition, "lostEventsTotal" | "lostEventsSince">;

export function lostSinceText(
  { lostEventsTotal: total, lostEventsSince: since }: Losses,
  times: Times,
  now: EpochMs,
) {
  if (total === null || total === 0 || since === null) return null;
  const [day, month, clock = ""] = times.moment(Date.parse(since)).split(" ");
  const isToday = times.moment(now).startsWith(`${day} ${month} `);
  const at = clock.slice(0, "14:05".length);
  return `lost ${formatCount(total)} since ${isToday ? at : `${day} ${month} ${at}`}`;
}
