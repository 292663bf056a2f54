import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CheckList } from "#components/diagnosis/check-list.tsx";
import { Problems } from "#components/lag/findings/problems.tsx";
import { GroupFigures } from "#components/lag/group-figures.tsx";
import { AttentionList } from "#components/lag/overview/attention-list.tsx";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { OwnerCell } from "#components/owners/owner.tsx";
import { Button } from "#components/ui/button.tsx";
import { ClockProvider, Ticking } from "#components/ui/clock.tsx";
import { Message } from "#components/ui/message.tsx";
import type { Check } from "#lib/api/diagnosis.ts";
import { groupChecks, summarizeChecks } from "#lib/client/diagnosis/group-checks.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import {
  ago,
  fixtureGroup,
  fixtureGroupDetail,
  fixtureGroupPartition,
  fixtureNow,
  nastyNames,
} from "#tests/support/worlds/fixture-world.ts";

const render = (node: ReactNode) =>
  renderToStaticMarkup(<ClockProvider startAt={fixtureNow}>{node}</ClockProvider>);

describe("foreign names", () => {
  it.each(nastyNames)("are shown as text: %j", (name) => {
    const group = fixtureGroup({ name, status: "stop", ownedPartitions: 0, owners: [] });
    const html = render(
      <>
        <AttentionList groups={[{ hubId: "orders", group }]} />
        <OwnerCell
          owner={{ ownerId: name, lastRenewedAt: ago(4), state: "active" }}
          reason={null}
          color={1}
        />
      </>,
    );
    expect(html).not.toContain("<img");
    expect(html.replaceAll(/ (data-tip|aria-label|href)="[^"]*"/g, "")).not.toContain("\u202E");
  });
});

describe("a status", () => {
  it("is an icon hidden from screen readers and a visible word", () => {
    const html = render(<StatusChip chip={{ status: "stop", word: "Stopped" }} />);
    expect(html).toMatch(/<svg[^>]*aria-hidden="true"[^>]*>.*<\/svg><span[^>]*>Stopped/);
  });
});

describe("a group's losses", () => {
  it("are left out of the lag and count in the time lag, which both say", () => {
    const notes = (lagState: "ok" | "behindRetention") => {
      const { partitions } = fixtureGroupDetail();
      const group = { partitions: partitions.map((each) => ({ ...each, lagState })) };
      return render(<GroupFigures group={fixtureGroupDetail({ ...group, lagSecondsIsLowerBound: true })} />);
    };
    expect(notes("behindRetention")).toMatch(
      />deleted events left out<.*>since the checkpoint: deleted events count</,
    );
    expect(notes("ok")).not.toContain("deleted events");
  });

  it("are shown besides the present figure, also once the checkpoints have moved past them", () => {
    const html = (more: Parameters<typeof fixtureGroupDetail>[0]) =>
      render(<GroupFigures group={fixtureGroupDetail(more)} />);
    const total = { lostEventsTotal: 4_120, lostEventsSince: ago(60) };
    const since = "<time[^>]*>2026-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC</time>";
    const counted = `deleted (<!-- -->)?uncheckpointed, counted since ${since}`;
    expect(html({ lostEvents: 564, ...total })).toMatch(new RegExp(`>4,120 events<.*${counted}`));
    expect(html({ lostEvents: 0, ...total })).toMatch(new RegExp(`4,120 ${counted}`));
    expect(html({ lostEvents: 0, ...total })).not.toContain("nothing lost<");
    expect(html({ lostEvents: 0, lostEventsTotal: 0 })).not.toContain("counted since");
    // Gone before anybody watched.
    expect(html({ lostEvents: 564, lostEventsTotal: 0 })).toMatch(/>564 events<.*past the checkpoint</);
  });
});

describe("the word caught up", () => {
  it("is not shown for a group that is only partly known", () => {
    const html = (more: Parameters<typeof fixtureGroupDetail>[0]) =>
      render(<GroupFigures group={fixtureGroupDetail(more)} />);
    expect(html({})).toContain("keeps up with its input");
    expect(html({ status: "unknown", partitionsWithoutCheckpoint: ["3"] })).not.toContain("keeps up with");
    const ahead = html({
      status: "unknown",
      totalLag: 0,
      partitionsUnknown: 2,
      retentionUsed: null,
      lagSeconds: null,
    });
    expect(ahead).not.toMatch(/caught up<|keeps up with|Retention used.*0 %/);
  });
});

it("the lag's change says that it is measured over another time than the rates", () => {
  const of = (lagChangePerSecond: number) =>
    render(
      <GroupFigures
        group={fixtureGroupDetail({ totalLag: 900, eventsInPerSecond: 5, lagChangePerSecond })}
      />,
    );
  expect(of(22.75)).toContain("▲ 1,365/min between checkpoints");
  expect(of(-1)).toContain("▼ 60/min between checkpoints");
});

describe("a catch-up time of never", () => {
  it("blames a partition that stands still before the rates", () => {
    const html = (status: "stall" | "warn") =>
      render(
        <GroupFigures
          group={fixtureGroupDetail({
            status,
            catchUpSeconds: null,
            lagChangePerSecond: -3,
            partitions: [fixtureGroupPartition({ partitionId: "9", status })],
          })}
        />,
      );
    expect(html("stall")).toMatch(/never<.*1 partition not moving/);
    expect(html("warn")).toMatch(/never<.*at these rates/);
  });
});

it("a control that is off says why, also to whoever can't point at it", () => {
  const html = render(<Button whyDisabled="Type a reason first.">Silence</Button>);
  const [, id] = /aria-describedby="([^"]+)"/.exec(html) ?? [];
  expect(html).toContain(`<span id="${id}" hidden="">Type a reason first.</span>`);
  expect(html).toContain('data-tip="Type a reason first."');
});

describe("findings", () => {
  it("are a line of their own without any", () => {
    const line = (of: Parameters<typeof fixtureGroupDetail>[0]) =>
      render(<Problems group={fixtureGroupDetail(of)} />);
    expect(line({ status: "ok" })).toContain("No problems with lag or checkpoints.");
    expect(line({ status: "unknown" })).toContain("No problems with lag so far. Status not known: ");
    expect(line({})).not.toContain("<ul");
    expect(render(<AttentionList groups={[{ hubId: "orders", group: fixtureGroup() }]} />)).toBe("");
  });

  it("leave out the ids when they cover all partitions", () => {
    const html = render(
      <Problems
        group={fixtureGroupDetail({
          partitions: ["0", "1"].map((partitionId) =>
            fixtureGroupPartition({ partitionId, lagState: "ahead" }),
          ),
        })}
      />,
    );
    expect(html).toContain("All 2 partitions ahead of the stream");
    expect(html).not.toContain("Partitions 0, 1");
  });
});

describe("owners", () => {
  it.each([
    ["nobody", null, null],
    ["unreadable", null, "The ownership blob has no ownerid."],
    ["released", { ownerId: "", lastRenewedAt: ago(9), state: "released" as const }, null],
    ["expired", { ownerId: "a", lastRenewedAt: ago(900), state: "expired" as const }, null],
  ])("say in a word that a partition is %s", (word, owner, reason) => {
    expect(render(<OwnerCell owner={owner} reason={reason} color={undefined} />)).toContain(word);
  });
});

describe("parts of a page", () => {
  it("show the age by the server's clock first", () => {
    const html = render(<Ticking at={ago(65)} format={(now) => formatAge(ago(65), now)} />);
    expect(html).toBe(
      `<time dateTime="${ago(65)}" data-at="${ago(65)}" class="whitespace-nowrap">1 m ago</time>`,
    );
  });

  it("say why a control is disabled, and keep it focusable", () => {
    const html = render(<Button whyDisabled="There is no row to export.">CSV</Button>);
    expect(html).toContain('aria-disabled="true"');
    expect(html).toContain("There is no row to export.");
    expect(html).not.toContain(' disabled=""');
  });

  it("distinguish empty, loading and failing, and only failing alarms", () => {
    const kinds = (["empty", "noMatch", "loading", "failing"] as const).map((kind) =>
      render(<Message kind={kind} icon="" title="t" />),
    );
    expect(new Set(kinds).size).toBe(4);
    expect(kinds.map((html) => html.includes('role="alert"'))).toEqual([false, false, false, true]);
  });
});

describe("a diagnosis", () => {
  const check = (over: Partial<Check>): Check => ({
    id: "a",
    title: "Blobs valid",
    state: "pass",
    detail: wireText("Nothing is broken."),
    remedy: null,
    store: null,
    names: "ownHub",
    items: [],
    ...over,
  });

  it("says each state in a word, the evidence, the remedy, and foreign names as text", () => {
    const nasty = nastyNames[0];
    const html = render(
      <CheckList
        label="The event hub"
        checks={[
          check({}),
          check({
            id: "b",
            state: "fail",
            detail: wireText(nasty ?? ""),
            remedy: wireText("Reset it."),
            items: [nasty],
          }),
          check({ id: "c", state: "skipped", detail: wireText("Azure is not asked.") }),
        ]}
      />,
    );
    for (const word of [
      "Passed",
      "Failed",
      "Not checked",
      "Azure is not asked.",
      "Next steps:",
      "Reset it.",
      "By name",
    ])
      expect(html).toContain(word);
    expect(html).not.toContain("<img");
  });

  it("is grouped by subject, problems first", () => {
    const checks = [
      check({}),
      check({ id: "d", state: "skipped" }),
      check({ id: "b", state: "warn" }),
      check({ id: "c/main", store: "main", state: "fail" }),
    ];
    expect(groupChecks(checks).map(({ store, checks: all }) => [store, all.map(({ id }) => id)])).toEqual([
      [null, ["b", "d", "a"]],
      ["main", ["c/main"]],
    ]);
    expect(summarizeChecks(checks)).toBe("1 failed, 1 warning, 1 not checked, 1 passed");
  });
});

it("notes on a group name its partitions", () => {
  const notes = [{ ...wireText("Two kinds run."), partitionIds: ["3"] }];
  expect(render(<Problems group={fixtureGroupDetail({ notes })} />)).toContain("Partition 3.");
});
