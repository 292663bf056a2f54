import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { entryBelow } from "#components/resets/entry-below.tsx";
import { resetColumns } from "#components/resets/result/reset-columns.tsx";
import { ResetDetails } from "#components/resets/result/reset-details.tsx";
import { planColumns } from "#components/resets/review/plan-columns.tsx";
import { SkippedEventView, UndoneSkipView } from "#components/resets/skipped-event.tsx";
import { ClockProvider } from "#components/ui/clock.tsx";
import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { SkippedEvent } from "#lib/api/plans/skips.ts";
import type { ResetEntry, ResetResult } from "#lib/api/resets.ts";
import { fixtureLive, fixturePlanEntry, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const html = (node: ReactNode) =>
  renderToStaticMarkup(<ClockProvider startAt={fixtureNow}>{node}</ClockProvider>);
const words = (node: ReactNode) => html(node).replaceAll(/<[^>]*>/g, "");

describe("a live plan's table", () => {
  const holds = { ownerId: "worker-1", seconds: 76 };
  const column = (isLive: boolean, id: string) =>
    planColumns({
      isUndo: false,
      isBlobs: false,
      isLive,
      ownerName: (name) => name,
      zone: "UTC",
    }).find((one) => one.id === id);

  it("tells the pause as what is planned, and not among the issues", () => {
    expect(words(column(true, "pause")?.cell(fixturePlanEntry({ holds })))).toBe(
      "worker-1for about 1 m 16 s",
    );
    expect(words(column(true, "way")?.cell(fixturePlanEntry({ holds })))).toBe("");
    expect(column(false, "pause")).toBeUndefined();
  });

  it("has no column for issues where no partition has one", () => {
    const ids = (hasIssues: boolean, isBlobs: boolean) =>
      planColumns({ isUndo: true, isBlobs, hasIssues, ownerName: (name) => name, zone: "UTC" }).map(
        ({ id }) => id,
      );
    for (const isBlobs of [false, true]) {
      expect(ids(true, isBlobs)).toContain("way");
      expect(ids(false, isBlobs)).toEqual(ids(true, isBlobs).filter((id) => id !== "way"));
    }
  });
});

describe("a live plan's counts", () => {
  it("say which of them is a bound, in the table and its file", () => {
    const holds = { ownerId: "worker-1", seconds: 76 };
    const columns = (isLive: boolean) =>
      planColumns({ isUndo: false, isBlobs: false, isLive, ownerName: (name) => name, zone: "UTC" });
    const again = (isLive: boolean) => columns(isLive).find(({ id }) => id === "again");
    expect(words(again(true)?.cell(fixturePlanEntry({ holds })))).toBe("≥ 100");
    expect(words(again(true)?.cell(fixturePlanEntry()))).toBe("100");
    expect(again(true)?.csvAlso?.map(({ csv }) => csv?.(fixturePlanEntry({ holds })))).toEqual([true]);
    expect(again(false)?.csvAlso).toBeUndefined();
  });
});

describe("a live result's table", () => {
  const ids = (isRunning: boolean) =>
    resetColumns({ isLive: true, isRunning, counts: "again", ownerName: (name) => name }).map(({ id }) => id);

  it("has steps and the rest of pauses only while it runs", () => {
    expect(ids(true)).toEqual(expect.arrayContaining(["step", "hold", "held", "skipped"]));
    expect(ids(false)).not.toContain("step");
    expect(ids(false)).not.toContain("hold");
    expect(ids(false)).toEqual(expect.arrayContaining(["held", "without", "again", "skipped"]));
  });
});

describe("a partition that waits for its wave", () => {
  const entry = (step: LiveProgress["step"]) =>
    fixtureResetEntry({
      result: "pending",
      after: null,
      replays: 882,
      skips: 0,
      live: fixtureLive({ step, wave: 2, heldOff: null }),
    });
  const columns = resetColumns({ isLive: true, isRunning: true, counts: "again", ownerName: (id) => id });
  const told = (step: LiveProgress["step"]) =>
    ["before", "again", "skipped"].map((id) =>
      words(columns.find((one) => one.id === id)?.cell(entry(step))),
    );
  const exported = (step: LiveProgress["step"]) =>
    ["before", "again", "skipped"].map((id) => columns.find((one) => one.id === id)?.csv?.(entry(step)));

  it("has the review's figures not as its own until it is written", () => {
    expect(told("waiting")).toEqual(["—", "—", "—"]);
    expect(exported("waiting")).toEqual([null, null, null]);
    expect(told("holding")).toEqual(["500", "882", "0"]);
    expect(exported("holding")).toEqual([500, 882, 0]);
    expect(words(entryBelow(entry("waiting")))).toContain("at the review: 500, read again 882, skipped 0");
    expect(words(entryBelow(entry("holding")))).not.toContain("at the review");
    expect(words(<ResetDetails entry={entry("waiting")} />)).toContain("882 events, at the review");
  });

  it("has them not as its own, either, where it was never written", () => {
    const left: ResetEntry = { ...entry("ended"), result: "skipped", after: null };
    const before = columns.find(({ id }) => id === "before");
    expect([words(before?.cell(left)), before?.csv?.(left)]).toEqual(["—", null]);
    expect(html(before?.cell(left))).toContain("It was not written. At the review: 500; the group moved on.");
    expect(words(entryBelow(left))).toContain("at the review: 500");
  });
});

describe("a clean-up's result", () => {
  it("tells of a blob without a position that it has none", () => {
    const blob = { partitionId: "ns/orders/billing/checkpoint/31", result: "written" as const };
    const position = (sequenceNumber: number | null) => ({
      sequenceNumber,
      offset: null,
      updatedAt: "2026-03-02T12:00:00.000Z",
    });
    const told = (more: Partial<ResetEntry>) => words(entryBelow(fixtureResetEntry({ ...blob, ...more })));
    expect(told({ before: position(null), after: null, removes: true })).toContain("no position → deleted");
    expect(told({ before: position(500), after: null, removes: true })).toContain("500 → deleted");
    expect(told({ before: null, after: position(-1) })).toContain("none → no position");
  });
});

describe("an event that a reset skips", () => {
  const event: SkippedEvent = {
    partitionId: "3",
    sequenceNumber: 124_035,
    enqueuedAt: "2026-03-02T12:00:00Z",
    kind: "text",
    preview: "{}",
    bytes: 2,
    isCut: false,
  };
  const told = (result: ResetResult | null) => html(<SkippedEventView event={event} result={result} />);

  it("is skipped in the tense of what happened, and red only while it is ahead", () => {
    expect(told(null)).toMatch(/border-stop.*Will skip event 124,035/);
    expect(told("pending")).toMatch(/border-stop.*Skipping event 124,035/);
    expect(told("written")).toContain("Skipped event 124,035");
    expect(told("written")).not.toMatch(/border-stop|never/);
    expect(told("conflict")).toContain("It was not skipped.");
    expect(told("overwritten")).toContain("it may be read again");
  });

  it("was to be skipped where the group has passed it meanwhile", () => {
    const passed = (result: ResetResult | null) =>
      html(<SkippedEventView event={event} result={result} isPassed />);
    expect(passed("overwritten")).toContain("The group has passed the event meanwhile: it was not skipped.");
    expect(passed(null)).toContain("The group has passed the event meanwhile: there is nothing to skip.");
    expect(passed(null)).not.toMatch(/border-stop|Will skip/);
  });

  it("is met again once the skip is undone", () => {
    expect(words(<UndoneSkipView event={event} />)).toMatch(
      /^Undoes the skip of event 124,035 of partition 3, .*\. The group will read it again, and gets stuck there again if its handler still fails on it\.$/,
    );
  });
});
