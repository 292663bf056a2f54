import { z } from "zod";
import { formatCount, formatDuration } from "#lib/core/figures.ts";
import { count, declare, seconds } from "./declare.ts";

const shape = { reads: count, perSecond: z.number().positive(), seconds };

export const paceReasons = {
  hubBusy: declare(shape, {
    meaning: "Event Hubs said that it is busy, so the hub's properties are read more slowly for a while.",
    remedy: "Wait: the rate rises by a tenth each minute. If it lasts, raise the throughput units.",
    sentence: ({ reads, perSecond, seconds: every }) =>
      `Event Hubs is busy, so reads are slowed to ${perSecond} per second. This hub takes ${formatCount(reads)} reads, so it is read every ${formatDuration(every)}. The rate rises by a tenth each minute.`,
  }),
  hubReadsCapped: declare(shape, {
    meaning:
      "The setting `propertyReadsPerSecond` allows fewer reads than the hub takes within `refreshSeconds`.",
    remedy: "Raise `propertyReadsPerSecond`.",
    sentence: ({ reads, perSecond, seconds: every }) =>
      `The setting propertyReadsPerSecond allows ${perSecond} reads per second. This hub takes ${formatCount(reads)} reads, so it is read every ${formatDuration(every)}.`,
  }),
};
