import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { GroupNotes } from "#components/lag/findings/group-notes.tsx";
import { GroupFigures } from "#components/lag/group-figures.tsx";
import { Owned } from "#components/lag/overview/group-cells.tsx";
import { OverviewFigures } from "#components/lag/overview/overview-figures.tsx";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { Favicon } from "#components/shell/favicon.tsx";
import { ClockProvider } from "#components/ui/clock.tsx";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { shownChip, worstOf } from "#lib/client/lag/attention.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";
import { fixtureGroupDetail, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const looksFine =
  /caught up|\blevel\b|keeps (pace|up)|nothing lost(?! where known)|no unread|(?<!\d)0 (s|%)/i;
const waiting = (id: string) =>
  properties(id, { beginningSequenceNumber: 0, lastEnqueuedSequenceNumber: 9_999 });
const neverUsed = properties("3", {
  beginningSequenceNumber: -1,
  lastEnqueuedSequenceNumber: -1,
  lastEnqueuedAt: null,
  isEmpty: true,
});
const textOf = (node: ReactNode) =>
  renderToStaticMarkup(<ClockProvider startAt={noon}>{node}</ClockProvider>);

/** Returns what pages show of the group, read eight times so that all rates are known. */
async function shown(partitions: PartitionProperties[], checkpoints: StoredCheckpoint[]) {
  const refresh = refresher(
    monitoredHub(
      async () => hubReading(partitions),
      {
        main: async () => storeReading(checkpoints.length === 0 ? [] : [storedGroup("billing", checkpoints)]),
      },
      { consumerGroups: ["billing"] },
    ),
  );
  let snapshot = await refresh();
  for (let turn = 1; turn < 8; turn += 1) snapshot = await refresh(noon + turn * 10_000);
  const [seen] = snapshot.groups;
  if (seen === undefined) throw new Error("no group was found");
  const { group } = seen;
  return {
    hub: snapshot.eventHub.status,
    chip: textOf(<StatusChip chip={shownChip(group)} />),
    favicon: textOf(<Favicon tone={worstOf([group])} />),
    figures: textOf(
      <>
        <GroupFigures group={{ ...group, partitions: [...seen.partitions] }} />
        <OverviewFigures
          overview={{
            refreshSeconds: 10,
            trends: [],
            eventHubs: [{ ...snapshot.eventHub, consumerGroups: [group] }],
          }}
        />
      </>,
    ).replaceAll(/<[^>]*>/g, " "),
  };
}

it.each<[string, PartitionProperties[], StoredCheckpoint[], string]>([
  [
    "without any checkpoint, on a hub with a partition never used",
    [...["0", "1", "2"].map(waiting), neverUsed],
    [],
    "No checkpoint",
  ],
  [
    "level on one partition and ahead on two",
    ["0", "1", "2"].map(waiting),
    [checkpoint("0", 9_999), checkpoint("1", 50_000), checkpoint("2", 50_000)],
    "2 of 3 ahead",
  ],
  [
    "level on one partition and unreadable on another",
    ["0", "1"].map(waiting),
    [checkpoint("0", 9_999), { ...checkpoint("1", 0), sequenceNumber: null, unreadable: "It is blank." }],
    "1 of 2 unreadable",
  ],
])("a group %s looks fine nowhere", async (_, partitions, checkpoints, chip) => {
  const seen = await shown(partitions, checkpoints);
  expect(seen.hub).toBe("unknown");
  expect(seen.chip).toContain(chip);
  expect(seen.favicon).toContain("/icons/unknown.svg");
  expect(seen.figures).not.toMatch(looksFine);
});

it("a group with all figures known looks fine", async () => {
  const seen = await shown(
    ["0", "1"].map(waiting),
    ["0", "1"].map((id) => checkpoint(id, 9_999)),
  );
  expect(seen.hub).toBe("ok");
  expect(seen.favicon).toContain("/icons/ok.svg");
  expect(seen.figures).toMatch(looksFine);
});

it("a group that runs in two stores says so", async () => {
  const store = async (ownerId: string) =>
    storeReading([storedGroup("billing", [checkpoint("0", 9_999)], [ownership("0", ownerId)])]);
  const { groups } = await refresher(
    monitoredHub(async () => hubReading([waiting("0")]), {
      main: () => store("here"),
      functions: () => store("there"),
    }),
  )();
  const told = (store: string) =>
    textOf(sentenceOf(reason("severalStores", { owners: 1, others: [{ store, owners: 1 }] })));
  const notesOf = (group: (typeof groups)[number]["group"]) => {
    const notes = group.notes.map((note) => ({ note, isOver: false }));
    return textOf(<GroupNotes notes={notes} actionOf={() => null} />);
  };
  expect(groups.map(({ group }) => notesOf(group))).toEqual([
    expect.stringContaining(told("functions")),
    expect.stringContaining(told("main")),
  ]);
});

it("a time lag that is a lower bound says of a reset that it went further back than was watched", () => {
  const note = (writtenBy: string | null) => {
    const partition = fixtureGroupPartition({ lagSecondsIsLowerBound: true });
    const checkpoint = partition.checkpoint && { ...partition.checkpoint, writtenBy };
    const partitions = [{ ...partition, checkpoint }];
    const bound = { lagSeconds: 60, lagSecondsIsLowerBound: true };
    return textOf(<GroupFigures group={fixtureGroupDetail({ ...bound, partitions })} />);
  };
  expect(note(ownIdentifier("one", "0"))).toContain("at least: reset to before the first look");
  expect(note("billing-1")).toContain("at least: from before the first look");
});

it("counts no owners of a group that was never read", () => {
  const group = { ...fixtureGroupDetail(), owners: [], ownedPartitions: 0, partitionCount: 4 };
  expect(textOf(<Owned group={group} />)).toContain("0 / 4");
  expect(textOf(<Owned group={{ ...group, observedAt: null }} />)).not.toMatch(/\d/);
});
