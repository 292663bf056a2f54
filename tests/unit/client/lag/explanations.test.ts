import { expect, it } from "vitest";
import { activityColumns } from "#components/activity/activity-columns.tsx";
import { deliveryColumns } from "#components/alerts/delivery-table.tsx";
import type { HistoryRow } from "#components/lag/history/history-rows.ts";
import { historyColumns } from "#components/lag/history/history-table.tsx";
import { groupColumns } from "#components/lag/overview/group-columns.tsx";
import { eventColumns } from "#components/lag/partitions/event-neighbours.tsx";
import { hubPartitionColumns } from "#components/lag/partitions/hub-partition-columns.tsx";
import { partitionColumns } from "#components/lag/partitions/partition-columns.tsx";
import { groupMoveColumns } from "#components/moves/groups/group-move-table.tsx";
import { moveColumns } from "#components/moves/review/move-columns.tsx";
import { changeColumns, handoverColumns } from "#components/owners/change-table.tsx";
import { shareColumns } from "#components/owners/share-table.tsx";
import { spanColumns } from "#components/owners/span-table.tsx";
import { pickerColumns } from "#components/resets/choose/partition-picker.tsx";
import { resetColumns } from "#components/resets/result/reset-columns.tsx";
import { planColumns } from "#components/resets/review/plan-columns.tsx";
import { catalogue } from "#lib/api/reasons/catalogue.ts";
import { browserErrorMeanings, errorMeanings } from "#lib/api/reasons/errors.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { type Status, statuses } from "#lib/api/status.ts";
import { chipExplanation } from "#lib/client/help/chip-explanations.ts";
import { columnExplanations } from "#lib/client/help/column-explanations.ts";
import { explain } from "#lib/client/help/explain.ts";
import type { Explanation } from "#lib/client/help/explanation.ts";
import { chipKey, explained, wordKey } from "#lib/client/help/explanation-keys.ts";
import { figureExplanations } from "#lib/client/help/figure-explanations.ts";
import { explainedFigures } from "#lib/client/help/figure-sections.ts";
import { findingHelp, incidentHelp } from "#lib/client/help/finding-help.ts";
import headings from "#lib/client/help/headings.json" with { type: "json" };
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { wordExplanations } from "#lib/client/help/word-explanations.ts";
import { utcTimes } from "#lib/client/history/time-axis.ts";
import { handovers } from "#lib/client/owners/handovers.ts";
import type { OwnerChange } from "#lib/client/owners/owner-words.ts";
import { fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";

const nothing = () => null;
const inexact: OwnerChange = {
  ...{
    at: "2026-03-01T12:00:00.000Z",
    partitionId: "0",
    kind: "claimed",
    ownerId: "a",
    previousOwnerId: null,
  },
  uncertaintySeconds: 10,
  unobserved: false,
};
const historyRow: HistoryRow = {
  ...{
    at: 0,
    until: 0,
    lag: 1,
    lagMax: 1,
    atMost: 1,
    notCounted: 1,
    withoutCheckpoint: 0,
    lagSeconds: 1,
    eventsIn: 1,
    eventsOut: 1,
  },
  ...{ lagSecondsIsLowerBound: false, lines: [1], isOpen: false, changes: ["a"], resets: ["b"] },
};
const planOptions = { isUndo: false, isBlobs: false, ownerName: nothing, zone: "UTC" };
const [typed, lowerCased] = ["Orders/checkpoint/0", "orders/checkpoint/1"].map((targetBlobName, id) =>
  fixturePlanEntry({ partitionId: String(id), targetBlobName }),
) as [ResetPlanEntry, ResetPlanEntry];
const tables = {
  groups: groupColumns({ largestLag: 1, withHub: true, withStore: true, withTrend: true }),
  partitions: partitionColumns({
    largestLag: 1,
    withReasons: true,
    selection: null,
    ownerCell: nothing,
    renewedCell: nothing,
  }),
  hubPartitions: hubPartitionColumns(1),
  owners: shareColumns(new Map(), { to: 0, isLive: true }, new Map()),
  changes: changeColumns([inexact], new Map(), utcTimes),
  handovers: handoverColumns(handovers([inexact]), new Map(), utcTimes),
  spans: spanColumns(new Map(), [], 0, utcTimes),
  history: historyColumns([historyRow], ["0"], utcTimes),
  events: eventColumns("UTC", nothing),
  picker: pickerColumns(new Set(), nothing, nothing),
  activity: activityColumns({ ofOneGroup: false, targetName: nothing }),
  deliveries: deliveryColumns,
  plan: [
    ...planColumns({ ...planOptions, isUndo: true, isLive: true }),
    ...explained<{ id: string; about: string }>("plan", [{ id: "next" }]),
  ],
  cleanup: planColumns({ ...planOptions, isBlobs: true }),
  move: moveColumns([typed, lowerCased], nothing, "UTC"),
  groupMove: [
    ...groupMoveColumns({ undoes: null }, true, false),
    ...groupMoveColumns({ undoes: "r" }, false, true),
  ],
  results: [
    ...resetColumns({ isLive: true, isRunning: true, counts: "again", ownerName: nothing }),
    ...resetColumns({ isLive: false, isBlobs: true, ownerName: nothing }),
  ],
};

it("has a table of columns here for each that it explains", () => {
  expect(Object.keys(tables).toSorted()).toEqual(Object.keys(columnExplanations).toSorted());
});

it("explains exactly the columns of these tables", () => {
  for (const [table, columns] of Object.entries(tables)) {
    const known: Record<string, Explanation> = columnExplanations[table as keyof typeof tables];
    const names = new Set(columns.map(({ about }) => about.split(":").at(-1) ?? ""));
    expect(columns.map(({ about }) => explain(about))).not.toContain(null);
    expect(Object.keys(known).toSorted(), table).toEqual([...names].toSorted());
  }
});

const words = [
  "Idle",
  "Empty",
  "Behind, steady",
  "Events lost",
  "About to lose",
  "Never used",
  "Gone",
  "Near retention",
  "1 of 2 unowned",
];
const chips = [
  ...statuses.map((status) => chipExplanation({ status, word: "2 of 32 stopped" })),
  ...words.map((word) => chipExplanation({ status: "unknown", word })),
];
const all: Explanation[] = [
  ...Object.values(columnExplanations).flatMap((table) => Object.values(table)),
  ...Object.values(figureExplanations),
  ...Object.values(wordExplanations).flatMap((words) => Object.values<Explanation>(words)),
  ...chips,
];

it("explains each thing in two sentences", () => {
  const sentences = (text: string) => text.split(/(?<=[.!?]) (?=[A-Z`])/).length;
  const wrong = all.filter(({ text }) => sentences(text) !== 2);
  expect(wrong.map(({ text }) => text)).toEqual([]);
  expect(all.filter(({ text }) => !text.endsWith("."))).toEqual([]);
});

it("finds by its key what explains a chip and a figure, and nothing by another", () => {
  const chip = { status: "stop", word: "2 of 32 stopped" } as const;
  expect(explain(chipKey(chip))).toEqual(chipExplanation(chip));
  const figures = Object.entries(explainedFigures);
  expect(figures.map(([name, { key }]) => [name, explain(key)])).toEqual(Object.entries(figureExplanations));
  expect(figures.map(([, { key, href }]) => explain(key)?.href === href)).not.toContain(false);
  expect(explain(wordKey("severity", "critical"))).toEqual(wordExplanations.severity.critical);
  expect([explain("column:groups:gone"), explain("figure:Gone"), explain("")]).toEqual([null, null, null]);
});

const status = (each: Exclude<Status, "unknown">) =>
  reason("statusIs", { status: each, partitions: 1, partitionCount: 1, lag: 1 });

const leadsNowhere = (href: string) => {
  const pages: Record<string, Record<string, string>> = headings;
  const [, page = "", anchor] = /^\/help\/([a-z-]+)(?:#(.+))?$/.exec(href) ?? [];
  return pages[page] === undefined || (anchor !== undefined && !(anchor in pages[page]));
};

it("links each to an existing section of the help", () => {
  expect(all.filter(({ href }) => leadsNowhere(href))).toEqual([]);
  expect(leadsNowhere("/help/figures#no-such-section")).toBe(true);
});

it("links each code and each finding to its section", () => {
  const codes = [catalogue, errorMeanings, browserErrorMeanings].flatMap((each) => Object.keys(each));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => leadsNowhere(reasonPath(code)))).toEqual([]);
  expect(reasonPath("noCheckpoint")).toBe("/help/reasons#nocheckpoint");
  const kinds = ["stop", "stall", "rewind", "warn", "lost", "aboutToLose", "hotPartition", "slowConsumer"];
  expect(kinds.filter((kind) => leadsNowhere(findingHelp(kind)))).toEqual([]);
  expect(new Set(kinds.map(findingHelp)).size).toBe(kinds.length);
  expect(findingHelp("unreadable")).toBe("/help/figures#why-a-lag-is-a-dash");
  expect(incidentHelp(toWire(status("stop")))).toBe(findingHelp("stop"));
  const bad = (["stop", "stall", "rewind", "warn", "ok"] as const).map((each) =>
    incidentHelp(toWire(status(each))),
  );
  expect(bad.filter(leadsNowhere)).toEqual([]);
  expect(new Set(bad).size).toBe(bad.length);
  expect(incidentHelp(toWire(reason("lagAbove", { lag: 1 })))).toBe(reasonPath("lagAbove"));
  expect(findingHelp("noCheckpoint")).toBe("/help/figures#lag");
});
