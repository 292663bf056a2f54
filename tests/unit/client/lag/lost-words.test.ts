import { expect, it } from "vitest";
import { utcTimes } from "#lib/client/history/time-axis.ts";
import { lostSinceText } from "#lib/client/lag/lost-words.ts";

const now = Date.UTC(2026, 10, 28, 23, 40);
const text = (lostEventsTotal: number | null, lostEventsSince: string | null) =>
  lostSinceText({ lostEventsTotal, lostEventsSince }, utcTimes, now);

it("tells how many events were lost since when", () => {
  expect(text(4_120, "2026-11-28T14:05:31.000Z")).toBe("lost 4,120 since 14:05");
  expect(text(1, "2026-11-08T09:00:00.000Z")).toBe("lost 1 since 8 Nov 09:00");
  expect(text(1, "2026-11-27T23:59:59.000Z")).toBe("lost 1 since 27 Nov 23:59");
});

it.each([
  ["nothing was lost", 0, "2026-11-28T14:05:31.000Z"],
  ["it is not known", null, null],
])("says nothing when %s", (_, total, since) => {
  expect(text(total, since)).toBeNull();
});
