import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { GroupFigures } from "#components/lag/group-figures.tsx";
import { ownersFigure } from "#components/lag/owners-figure.ts";
import { partitionColumns } from "#components/lag/partitions/partition-columns.tsx";
import { PartitionDetails } from "#components/lag/partitions/partition-details.tsx";
import { filterPartitions } from "#components/lag/partitions/partition-filter.ts";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { OwnerCell, ownerFill } from "#components/owners/owner.tsx";
import { OwnerLegend } from "#components/owners/owner-legend.tsx";
import { OwnerName } from "#components/owners/owner-name.tsx";
import { ClockProvider } from "#components/ui/clock.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { statusFindings } from "#lib/client/findings/status-findings.ts";
import { csvOf } from "#lib/client/format/csv.ts";
import { chipExplanation } from "#lib/client/help/chip-explanations.ts";
import { timesIn } from "#lib/client/history/time-axis.ts";
import { needsAttention, sentence, shownChip } from "#lib/client/lag/attention.ts";
import { partitionChip } from "#lib/client/lag/partition-words.ts";
import { ownerFigures } from "#lib/client/lag/totals.ts";
import { identityColorCount } from "#lib/client/owners/identity-colors.ts";
import { changeText, endText, type OwnerChange } from "#lib/client/owners/owner-words.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import {
  ago,
  fixtureGroup,
  fixtureGroupDetail,
  fixtureGroupPartition,
} from "#tests/support/worlds/fixture-world.ts";

const owner = (ownerId: string, partitions: string[]) => ({ ownerId, partitions, lastRenewedAt: ago(1) });
const owners = [owner("a", ["2", "3", "4"]), owner("b", ["5", "6", "7"])];
const holding = ["0", "1"].map((id) =>
  holdingOwnerId("55278c1e-0000-4000-8000-000000000000", id, "2fed3200"),
);

it("partitions that a live reset holds are nobody's, and wait for no owner", () => {
  const held = (more: object) =>
    renderToStaticMarkup(<GroupFigures group={fixtureGroupDetail({ partitionCount: 8, ...more })} />);
  expect(held({ ownedPartitions: 6, heldPartitions: 2, owners })).toContain(
    "2 owners · 3 each · 2 paused by a reset",
  );
  expect(held({ ownedPartitions: 6, heldPartitions: 2, owners })).toContain("6 of 8");
  expect(held({ ownedPartitions: 6, owners })).not.toContain("paused by a reset");
  expect(held({ ownedPartitions: 0, owners: [] })).toContain("no owner");
  const group = fixtureGroup({ partitionCount: 8, ownedPartitions: 6, heldPartitions: 2, owners });
  expect(ownerFigures([group])).toEqual({ owners: 2, unowned: 0 });
  expect(needsAttention([{ hubId: "orders", group }])).toEqual([]);
  const free = { ...group, partitionCount: 9, unownedPartitionIds: ["8"] };
  expect(ownerFigures([free]).unowned).toBe(1);
  expect(needsAttention([{ hubId: "orders", group: free }])[0]?.chip.word).toBe("1 of 9 unowned");
});

it("a partition that a live reset holds is paused, and leads to the reset", () => {
  const held = { ownerId: holding[0] ?? "", lastRenewedAt: ago(1), state: "active" as const };
  const html = renderToStaticMarkup(<OwnerCell owner={held} reason={null} color={undefined} />);
  expect(html).toContain("paused by a reset");
  expect(html).toContain('href="/resets/55278c1e-0000-4000-8000-000000000000"');
  expect(html).not.toContain("tidemark-");
  for (const status of ["unknown", "ok", "stop"] as const) {
    expect(partitionChip(fixtureGroupPartition({ status, owner: held })).word).toBe("Paused");
  }
  const before = fixtureGroupPartition({ status: "unknown", owner: { ...held, state: "expired" } });
  expect(partitionChip(before).word).toBe("Not known yet");
});

it("a group is paused as a whole, or as far as it is not known for that alone", () => {
  const chip = (more: object) => shownChip(fixtureGroup({ partitionCount: 2, ...more }));
  const some = { owners: [owner("a", ["1"])], ownedPartitions: 1, heldPartitions: 1 };
  expect(chip({ status: "unknown", ...some })).toEqual({ status: "unknown", word: "1 of 2 paused" });
  expect(chip({ status: "stop", ...some }).status).toBe("stop");
  expect(chip({ status: "unknown", statusCause: "unreadable", ...some }).word).not.toContain("paused");
  const all = chip({ status: "stop", owners: [], ownedPartitions: 0, heldPartitions: 2 });
  expect(all).toEqual({ status: "unknown", word: "Paused by a reset" });
  expect(chipExplanation(all).text).toContain("A live reset holds");
  expect(chip({ status: "unknown", owners: [], ownedPartitions: 0 }).word).toBe("Not known yet");
});

it("a chip draws what its word says, also of some partitions", () => {
  const drawn = (status: "unknown" | "warn", word: string) =>
    renderToStaticMarkup(<StatusChip chip={{ status, word }} />);
  for (const word of ["Paused", "1 of 2 paused", "Paused by a reset"])
    expect(drawn("unknown", word)).toContain("#pause");
  for (const word of ["Not resumed", "1 of 4 not resumed"])
    expect(drawn("warn", word)).toContain("#hourglass");
});

it("a legend names what holds the partitions of a live reset, and none of its owner ids", () => {
  const html = renderToStaticMarkup(
    <OwnerLegend group={fixtureGroup({ owners })} colors={new Map()} drawn={["a", "gone", ...holding]} />,
  );
  expect(html).toContain("paused by a reset");
  expect(html).not.toContain("tidemark-");
  expect(html.match(/past/g)).toHaveLength(1);
});

it("owners of groups that were never read are not known, and not none", () => {
  const hub = {
    observedAt: ago(1),
    error: null,
    errorStore: null,
    checkpointStores: [],
  } as unknown as EventHub;
  const unread = [fixtureGroup({ observedAt: null, owners: [], ownedPartitions: 0, partitionCount: null })];
  expect(ownersFigure(unread, [hub])).toMatchObject({ value: "—", note: "not read yet" });
  expect(ownersFigure([], [hub])).toMatchObject({ value: "0", note: "no groups" });
  expect(ownersFigure([fixtureGroup({ owners: [], ownedPartitions: 0 })], [hub])).toMatchObject({
    note: "no owner",
  });
});

it("a change of owners names a reset, and none of its owner ids", () => {
  const change: OwnerChange = {
    at: ago(1),
    partitionId: "0",
    kind: "stolen",
    ownerId: holding[0] ?? "",
    previousOwnerId: "a",
    uncertaintySeconds: 1,
    unobserved: false,
  };
  expect(changeText(change)).toBe("paused by a reset");
  const over = { ...change, kind: "released", ownerId: null, previousOwnerId: change.ownerId } as const;
  expect(changeText(over)).toBe("let go by a reset");
  expect(changeText({ ...over, kind: "stolen", ownerId: "b" })).toBe("claimed by b");
  expect(endText("stolen", 2, "a", change.ownerId)).toBe("paused by a reset");
  expect(endText("released", 2, change.ownerId ?? "")).toBe("the reset let go");
});

it("owners with the same two colours differ in which of them prevails", () => {
  const shares = Array.from({ length: identityColorCount }, (_, i) => ownerFill(i + 1, 100)).flatMap(
    (fill) => {
      const [, first, edge, second] = /owner-(\d)\) 0 (\d+)px, var\(--owner-(\d)/.exec(fill) ?? [];
      return first === undefined || second === undefined
        ? []
        : [{ pair: `${first} ${second}`, swapped: `${second} ${first}`, edge: Number(edge) }];
    },
  );
  const pairs = new Set(shares.map(({ pair }) => pair));
  expect(pairs.size).toBe(56);
  expect(shares.filter(({ swapped, edge }) => pairs.has(swapped) && edge < 70)).toEqual([]);
});

it.each(["active", "expired"] as const)(
  "no place shows the owner id of a reset whose hold is %s",
  (state) => {
    const held = { ownerId: holding[0] ?? "", lastRenewedAt: ago(1), state };
    const partition = fixtureGroupPartition({ status: "stop", owner: held });
    const none = () => null;
    const columns = partitionColumns({
      largestLag: 0,
      withReasons: false,
      selection: null,
      ownerCell: none,
      renewedCell: none,
    });
    const seen = [
      renderToStaticMarkup(<OwnerCell owner={held} reason={null} color={undefined} />),
      renderToStaticMarkup(<OwnerName ownerId={held.ownerId} color={undefined} withCopy />),
      renderToStaticMarkup(
        <ClockProvider startAt={0}>
          <PartitionDetails partition={partition} />
        </ClockProvider>,
      ),
      csvOf(columns, [partition], timesIn("utc")),
      JSON.stringify(statusFindings(fixtureGroupDetail({ partitions: [partition] }))),
    ].join("\n");
    expect(seen).not.toContain("tidemark-");
    expect(seen.includes("It has no owner: start")).toBe(state !== "active");
    expect(filterPartitions([partition], { q: "tidemark-", behind: false, status: [] })).toEqual([]);
  },
);

it("a partition that a live reset holds is no problem of its group, but its losses are", () => {
  const held = { ownerId: holding[0] ?? "", lastRenewedAt: ago(1), state: "active" as const };
  const start = { ...fixtureGroupPartition().checkpoint, offset: "-1" } as GroupPartition["checkpoint"];
  const kinds = (more: Partial<GroupPartition>) =>
    groupFindings(
      fixtureGroupDetail({
        partitionsWithoutCheckpoint: more.checkpoint === null ? ["0"] : [],
        partitions: [
          fixtureGroupPartition({ partitionId: "0", ...more }),
          fixtureGroupPartition({ partitionId: "1" }),
        ],
      }),
    ).map(({ kind }) => kind);
  const seen: [string, Partial<GroupPartition>][] = [
    ["atStart", { lagState: "noCheckpoint", status: "unknown", checkpoint: start }],
    ["withoutCheckpoint", { lagState: "noCheckpoint", status: "unknown", checkpoint: null }],
    ["stop", { status: "stop", lag: 5 }],
    ["rewind", { status: "rewind", lag: 5 }],
  ];
  for (const [kind, more] of seen) {
    expect(kinds(more)).toEqual([kind]);
    expect(kinds({ ...more, owner: held })).toEqual([]);
  }
  expect(kinds({ owner: held, lagState: "behindRetention", lostEvents: 3 })).toEqual(["lost"]);
});

it("what needs attention tells once of the live reset that runs", () => {
  const told = (more: object) =>
    needsAttention([{ hubId: "orders", group: fixtureGroup({ partitionCount: 8, owners, ...more }) }]).map(
      (item) => sentence(item, Date.parse(ago(0))),
    );
  const held = { ownedPartitions: 6, heldPartitions: 2 };
  const near = { status: "unknown", retentionUsed: 0.9 } as const;
  expect(told({ ...near, ...held })[0]).toMatch(
    /^billing has a lag of 112 events\. .* A live reset runs and holds 2 of 8 partitions\.$/,
  );
  expect(told({ ...near, ownedPartitions: 8 })[0]).toContain("its status is not known yet");
  const stopped = told({ status: "stop", ...held })[0];
  expect(stopped).toContain("a live reset holds 2");
  expect(stopped).not.toContain("A live reset runs");
  expect(told(held)).toEqual([]);
});
