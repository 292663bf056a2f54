import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { InspectionNote } from "#components/resets/choose/inspection-note.tsx";
import { LiveLimits } from "#components/resets/choose/live-limits.tsx";
import { OwnersNote } from "#components/resets/choose/owners-note.tsx";
import { Failure } from "#components/resets/failure.tsx";
import { Before } from "#components/resets/result/reset-columns.tsx";
import { ResetLink } from "#components/resets/result/reset-link.tsx";
import { ResetSummary } from "#components/resets/result/reset-summary.tsx";
import { planColumns } from "#components/resets/review/plan-columns.tsx";
import { PlanDetails } from "#components/resets/review/plan-details.tsx";
import { PlanSummary } from "#components/resets/review/plan-summary.tsx";
import { TargetName } from "#components/resets/target-name.tsx";
import { ClockProvider } from "#components/ui/clock.tsx";
import { Choice } from "#components/ui/form/field.tsx";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { ClientError } from "#lib/client/http/client-error.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import {
  fixturePlan,
  fixturePlanEntry,
  fixtureReset,
  fixtureResetEntry,
} from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { ago, fixtureGroupPartition, fixtureNow, nastyNames } from "#tests/support/worlds/fixture-world.ts";

const render = (node: ReactNode) =>
  renderToStaticMarkup(<ClockProvider startAt={fixtureNow}>{node}</ClockProvider>).replaceAll(
    /<[^>]+>/g,
    "¦",
  );
const html = (node: ReactNode) =>
  renderToStaticMarkup(<ClockProvider startAt={fixtureNow}>{node}</ClockProvider>);
const words = (node: ReactNode) => render(node).replaceAll(/¦+/g, "");
const noPlan = () => {};

describe("the owners of the chosen partitions", () => {
  const owned = fixtureGroupPartition();
  const free = fixtureGroupPartition({ partitionId: "1", owner: null });

  it("are told with their meaning offline and live", () => {
    expect(words(<OwnersNote chosen={[owned, free]} mode="offline" />)).toMatch(
      /1 processor owns 1 of the 2 chosen partitions now\. Stop it first/,
    );
    expect(words(<OwnersNote chosen={[owned, free]} mode="live" />)).toMatch(/It keeps running/);
  });

  it("leave out a reset that holds one", () => {
    const ownerId = holdingOwnerId("0b5848c0-d1b9-4a2d-81fa-df14e3069f2f", "0", "0badcafe");
    const held = fixtureGroupPartition({
      owner: { ownerId, lastRenewedAt: ago(1), state: "active" },
    });
    expect(words(<OwnersNote chosen={[held, free]} mode="live" />)).toMatch(/have no owner/);
  });

  it("promise no absence of readers when nobody owns", () => {
    expect(words(<OwnersNote chosen={[]} mode="offline" />)).toBe("");
    expect(words(<OwnersNote chosen={[free]} mode="offline" />)).toMatch(/owns none and may still run/);
  });
});

describe("a hub without an inspection group", () => {
  const owned = [fixtureGroupPartition()];
  const note = (target: "time" | "latest", mode: "live" | "offline", chosen = owned) =>
    words(<InspectionNote url={{ target, mode }} chosen={chosen} />);

  it("is mentioned for live targets that need an event read", () => {
    expect(note("time", "live")).toMatch(/needs an inspection group.*inspectionConsumerGroup/);
    expect(note("latest", "live")).toBe("");
    expect(note("time", "offline")).toBe("");
    expect(note("time", "live", [fixtureGroupPartition({ owner: null })])).toBe("");
  });
});

describe("a plan's table", () => {
  const then = (more: Parameters<typeof fixturePlanEntry>[0]) => {
    const options = {
      isUndo: false,
      isBlobs: false,
      ownerName: (id: string) => id,
      zone: "UTC",
    };
    const column = planColumns(options).find(({ id }) => id === "then");
    return words(column?.cell(fixturePlanEntry(more)));
  };

  it("says what a checkpoint becomes, also once a block is gone, and nothing without a target", () => {
    const target = { sequenceNumber: 4_120, offset: "9", enqueuedAt: null };
    const blockedBy = wireText("A processor owns it.");
    expect(then({ target })).toBe("→4,120");
    expect(then({ target, blockedBy })).toBe("→4,120");
    expect(then({ target: null, blockedBy })).toBe("—");
    expect(then({ target: null, removes: true })).toBe("→deleted");
  });
});

describe("a plan's next event", () => {
  const options = {
    isUndo: false,
    isBlobs: false,
    ownerName: (id: string) => id,
    zone: "UTC",
  };
  const resumesAt = { sequenceNumber: 48_206, enqueuedAt: "2026-03-02T12:00:00.000Z" };
  const resumes = (byNumber: boolean) =>
    words(
      planColumns({ ...options, byNumber })
        .find(({ id }) => id === "resumes")
        ?.cell(fixturePlanEntry({ resumesAt })),
    );

  it("is told by the number that was typed, and else by its time", () => {
    expect(resumes(true)).toMatch(/^event 48,206 ·.*12:00:00/);
    expect(resumes(false)).not.toContain("48,206");
  });

  it("stands beside columns that say which checkpoint they show", () => {
    const labels = planColumns(options).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["Checkpoint now", "Checkpoint then"]));
  });
});

describe("the link to a reset", () => {
  const address = { hub: "orders", group: "$Default", store: "main" };

  it("leads on", () => {
    expect(html(<ResetLink address={address} whyNot={null} partitions="0-3" />)).toContain(
      'href="/event-hubs/orders/consumer-groups/%24Default/reset?store=main&amp;partitions=0-3"',
    );
  });

  it("is disabled in read-only mode, focusable, and says why", () => {
    const text = html(<ResetLink address={address} whyNot="Set TIDEMARK_READ_ONLY=false." />);
    expect(text).toContain('aria-disabled="true"');
    expect(text).toContain("TIDEMARK_READ_ONLY=false");
    expect(text).not.toContain("<a ");
  });
});

describe("a disabled option", () => {
  it("says why in its own description, and stays focusable", () => {
    const text = html(
      <Choice
        name="n"
        value="v"
        checked={false}
        onChoose={noPlan}
        label="Live"
        note="Goes on."
        whyNot="Not here."
      />,
    );
    expect(text).toContain("Not here.");
    expect(text).not.toContain("Goes on.");
    expect(text).not.toContain(' disabled=""');
  });
});

describe("a plan's page", () => {
  it("names what blocks it as a whole, its warnings, and alternatives", () => {
    const plan = fixturePlan(
      [
        fixturePlanEntry({
          blockedBy: wireText("There is no checkpoint."),
          target: null,
          repairs: ["earliest", "latest"],
        }),
      ],
      { blockedBy: wireText("Every partition is blocked."), warnings: [wireText("Soft delete is on.")] },
    );
    const text = words(<PlanSummary plan={plan} broken={new Set()} makePlan={noPlan} whyNot={null} />);
    for (const part of [
      "The partition can’t be reset.",
      "Partition 0: There is no checkpoint.",
      "Soft delete is on.",
      "Or move1 partition to Earliestorto Latest",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("Nothing of this can be written");
    const broken = <PlanSummary plan={plan} broken={new Set(["0"])} makePlan={noPlan} whyNot={null} />;
    expect(words(broken)).toContain(
      "These checkpoints can’t be restored. Plan instead:1 partition to Earliest",
    );
  });

  it("summarizes warnings of partitions, each kind once", () => {
    const missing = (sequenceNumber: number) =>
      toWire(reason("eventMissing", { sequenceNumber, nextSequenceNumber: 99 }));
    const plan = fixturePlan([
      fixturePlanEntry({ partitionId: "0", warnings: [missing(7)] }),
      fixturePlanEntry({ partitionId: "1", warnings: [missing(9)] }),
    ]);
    expect(words(<PlanSummary plan={plan} broken={new Set()} makePlan={noPlan} whyNot={null} />)).toContain(
      `Partitions 0, 1 (details of 0): ${missing(7).message}`,
    );
  });

  it("tells the limits of a live reset, and only of a live one", () => {
    const live = { mode: "live" as const, handlerSeconds: 45 };
    const text = words(<LiveLimits plan={fixturePlan([fixturePlanEntry(), fixturePlanEntry()], live)} />);
    for (const part of [
      "Not atomic: partitions go in waves, and a handler slower than 45 s can still overwrite the new position.",
      "Some partitions are at the new position before others.",
      "Counts are from when the plan was made. A partition that has passed its target by then is not changed.",
      "A paused processor still finishes the events that it has.",
      "Rust SDK",
      "only be reset offline",
    ]) {
      expect(text).toContain(part);
    }
    expect(html(<LiveLimits plan={fixturePlan([])} />)).toBe("");
    const one = words(<LiveLimits plan={fixturePlan([fixturePlanEntry()], live)} />);
    expect(one).toContain("Not atomic: a handler slower than 45 s");
    const inOneWave = { ...live, live: { partitionsAtOnce: 2, waves: 1, seconds: 40 } };
    const both = fixturePlan([fixturePlanEntry(), fixturePlanEntry()], inOneWave);
    expect(words(<LiveLimits plan={both} />)).toContain("Not atomic: a handler slower than 45 s");
    expect(one).toContain("If it has passed its target by then, it is not changed.");
    expect(one).not.toMatch(/waves|before others/);
  });

  it("shows offsets as they are, and a dash for unknown", () => {
    const entry = fixturePlanEntry({ target: { sequenceNumber: 400, offset: "@0x:7", enqueuedAt: null } });
    expect(words(<PlanDetails entry={entry} />)).toContain("@0x:7");
    expect(words(<PlanDetails entry={{ ...entry, current: null }} />)).toContain("no checkpoint");
  });
});

describe("a reset's page", () => {
  it("tells what is still watched, and why it was broken off", () => {
    const watchedUntil = new Date(fixtureNow + 90_000).toISOString();
    const reset = fixtureReset([fixtureResetEntry()], { watchedUntil });
    expect(words(<ResetSummary reset={reset} />)).toContain("Watching for another 1 m 30 s");
    expect(words(<ResetSummary reset={{ ...reset, watchedUntil: ago(1) }} />)).toContain(
      "No processor overwrote it (watched for 4 s).",
    );
    const two = [fixtureResetEntry(), fixtureResetEntry({ partitionId: "1" })];
    expect(words(<ResetSummary reset={{ ...reset, entries: two, watchedUntil: ago(1) }} />)).toContain(
      "Both checkpoints were written. How many events are read again or skipped is unknown.No processor overwrote them",
    );
    const cleaned = {
      ...reset,
      watchedUntil: ago(1),
      entries: [fixtureResetEntry({ partitionId: "a/b/c" })],
    };
    const deleted = { ...reset, watchedUntil: ago(1), entries: [fixtureResetEntry({ removes: true })] };
    for (const one of [cleaned, deleted])
      expect(words(<ResetSummary reset={one} />)).not.toMatch(/watched|Watching/);
    const failed = fixtureReset([], { state: "failed", reason: wireText("The storage is away.") });
    expect(words(<ResetSummary reset={failed} />)).toContain("The storage is away.");
    const wrote = (writer: string, sequenceNumber: number) =>
      reason("wentOnFromOld", { writer, sequenceNumber, formerSequenceNumber: null });
    const entry = fixtureResetEntry({ result: "overwritten", reason: toWire(wrote("worker-2", 91)) });
    const because = wrote("worker-1", 90);
    const off = fixtureReset([entry], {
      state: "failed",
      reason: toWire(reason("waveWentWrong", { partitionIds: ["0"], because })),
    });
    expect(words(<ResetSummary reset={off} />)).not.toContain("worker-2");
    const nothing = fixtureReset([fixtureResetEntry({ result: "conflict", reason: wireText("It moved.") })], {
      watchedUntil,
    });
    expect(words(<ResetSummary reset={nothing} />)).toBe(
      "Nothing was written. 1 in conflict.Partition 0: It moved.",
    );
  });

  it("says that there was no checkpoint only when that is known", () => {
    const none = fixtureResetEntry({ before: null });
    expect(words(<Before entry={none} />)).toBe("none");
    expect(words(<Before entry={{ ...none, after: null, result: "conflict" }} />)).toBe("—");
    expect(words(<Before entry={fixtureResetEntry({ after: null, result: "skipped" })} />)).toBe("500");
  });

  it("says nothing on the server that depends on the zone", () => {
    const target = { kind: "time" as const, value: "2026-03-02T12:00:00Z" };
    expect(words(<TargetName target={target} />)).toBe("2026-03-02 12:00:00 UTC");
  });

  it.each(nastyNames)("shows a foreign name as text: %j", (name) => {
    const target = { kind: "group" as const, name };
    const text = html(<TargetName target={target} />);
    expect(text).not.toContain("<img");
    expect(text).not.toContain("\u202E");
  });

  it("names a failure with the server's own code", () => {
    const error = new ClientError("resetRunning", "A reset of this group runs already.");
    expect(words(<Failure title="Not applied" error={error} />)).toBe(
      "Not applied. A reset of this group runs already. Code: resetRunning",
    );
  });
});
