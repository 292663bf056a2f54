import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { resetColumns } from "#components/resets/result/reset-columns.tsx";
import { planColumns } from "#components/resets/review/plan-columns.tsx";
import { SkippedEventView } from "#components/resets/skipped-event.tsx";
import { ClockProvider } from "#components/ui/clock.tsx";
import type { SkippedEvent } from "#lib/api/plans/skips.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import { fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
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
});
