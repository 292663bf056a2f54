import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { listIds } from "#lib/client/findings/list-ids.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { ago, fixtureGroupDetail, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

type More = Partial<GroupPartition>;

const partitions = (...each: More[]) =>
  each.map((more, index) => fixtureGroupPartition({ partitionId: String(index), ...more }));

const findings = (each: More[], group: Parameters<typeof fixtureGroupDetail>[0] = {}) =>
  groupFindings(fixtureGroupDetail({ ...group, partitions: partitions(...each) }));

const noOwner: More = { owner: null };
const ownedBy = (ownerId: string): More => ({ owner: { ownerId, lastRenewedAt: ago(4), state: "active" } });

describe("a group's findings", () => {
  it("are empty when every partition is fine", () => {
    expect(findings([{}, { lagState: "empty", lag: 0 }])).toEqual([]);
  });

  it("are told once for many partitions, with their shared reason and the next step", () => {
    const reason = wireText("The checkpoint's sequence number is blank.");
    const broken: More = { lagState: "unreadable", status: "unknown", lag: null, reason };
    const [finding] = findings([{}, broken, {}, broken]);
    expect(finding).toMatchObject({
      title: "2 partitions with an unreadable checkpoint",
      evidence: reason.message,
      partitionIds: ["1", "3"],
    });
    expect(finding?.next).toContain("diagnosis names the blobs");
  });

  it("come gravest first", () => {
    const kinds = findings([
      { lagState: "noCheckpoint", status: "unknown" },
      { lagState: "unknown", status: "unknown", lag: null },
      { status: "warn", lag: 5 },
      { status: "stall", lag: 5 },
      { status: "rewind", lag: 5 },
      { status: "stop", lag: 5 },
      { lagState: "ahead", status: "unknown", lag: null },
      { lagState: "behindRetention", lostEvents: 60, secondsUntilLoss: 0 },
      { secondsUntilLoss: 60, lag: 5 },
    ]).map(({ kind }) => kind);
    expect(kinds).toEqual([
      "aboutToLose",
      "lost",
      "ahead",
      "stop",
      "rewind",
      "stall",
      "warn",
      "unknown",
      "noCheckpoint",
    ]);
  });

  it("don't list a thousand ids", () => {
    expect(listIds(["1", "2"])).toBe("1, 2");
    const many = Array.from({ length: 1_024 }, (_, i) => String(i));
    expect(listIds(many, 3)).toBe("0, 1, 2 and 1,021 more");
  });
});

describe("a coming loss", () => {
  it.each<[string, GroupPartition["status"][], RegExp]>([
    ["a handler that fails", ["stall"], /^Fix the handler now, or skip/],
    ["stopped processors", ["stop", "stop"], /^Start the processors now, or find/],
    ["slow processors", ["warn"], /^Start or speed up/],
    ["both", ["stall", "stop"], /^Start or speed up/],
  ])("is answered by its cause: %s", (_, statuses, next) => {
    const [loss] = findings(statuses.map((status) => ({ status, secondsUntilLoss: 60, lag: 5 })));
    expect(loss).toMatchObject({ kind: "aboutToLose", next: expect.stringMatching(next) });
  });
});

describe("a stop", () => {
  const stopped: More = { status: "stop", lag: 50, statusReason: wireText("No checkpoint since 14:02.") };

  it("tells since when for the partition furthest behind, and where to look", () => {
    const [finding] = findings([{ ...stopped, ...noOwner }, { ...stopped, lag: 90, ...noOwner }, {}]);
    expect(finding).toMatchObject({
      status: "stop",
      title: "2 partitions stopped",
      evidence: "Partition 1: No checkpoint since 14:02.",
      partitionIds: ["0", "1"],
    });
    expect(finding?.next).toMatch(/^They have no owner: start/);
  });

  it("tells since when for the partition that stopped first, as such", () => {
    const silentSince = (since: string): More => ({
      ...stopped,
      statusReason: toWire(reason("silent", { since, checkpoints: 1, spanSeconds: 0, unwatchedSeconds: 0 })),
    });
    const evidence = (...each: More[]) => findings(each)[0]?.evidence;
    const later = { ...silentSince("2026-01-15T09:17:40.000Z"), lag: 90 };
    const earlier = silentSince("2026-01-15T09:17:19.000Z");
    expect(evidence(later, earlier, later)).toBe(
      "The first, partition 1: No checkpoint since 2026-01-15 09:17:19 UTC.",
    );
    const group = { status: "stop", statusCheckpointAt: "2026-01-15T09:18:00.000Z" } as const;
    expect(findings([later, earlier], group)[0]?.evidence).toBe(
      "The first, partition 1: No checkpoint since 2026-01-15 09:17:19 UTC. The newest of their checkpoints is of 2026-01-15 09:18:00 UTC.",
    );
    const atOnce = { status: "stop", statusCheckpointAt: "2026-01-15T09:17:19.000Z" } as const;
    expect(findings([later, earlier], atOnce)[0]?.evidence).toMatch(/09:17:19 UTC\.$/);
    expect(evidence(earlier)).toBe("No checkpoint since 2026-01-15 09:17:19 UTC.");
    expect(evidence(earlier, { ...earlier, lag: 90 })).toMatch(/^Partition 1: /);
    expect(evidence(earlier, { ...stopped, lag: 90 })).toMatch(/^Partition 1: /);
    const since = { resetAt: "2026-01-15T09:10:00.000Z" };
    const reset = { ...stopped, statusReason: toWire(reason("silentSinceReset", since)) };
    expect(evidence(earlier, reset)).toMatch(/^The first, partition 1: No checkpoint since the reset/);
  });

  it("names the owners of owned partitions", () => {
    expect(findings([{ ...stopped, ...ownedBy("a") }])[0]?.next).toMatch(/^Its owner is alive .* its log/);
    expect(findings([{ ...stopped, ...noOwner }])[0]?.next).toMatch(/^It has no owner: start/);
    const two = [
      { ...stopped, ...ownedBy("a") },
      { ...stopped, ...ownedBy("b") },
    ];
    expect(findings(two)[0]).toMatchObject({
      title: "All 2 partitions stopped",
      next: expect.stringMatching(/^Their 2 owners are alive .* their logs/),
    });
  });
});

describe("a stall and a rewind", () => {
  it("tell their evidence and where to look", () => {
    const [rewind, stall] = findings([
      { status: "stall", lag: 5, statusReason: wireText("The last 10 stand at event 48,201.") },
      { status: "rewind", lag: 5, statusReason: wireText("It went from event 900 back to 800.") },
      {},
    ]);
    expect(stall).toMatchObject({
      title: "Partition 0 stalled",
      evidence: "The last 10 stand at event 48,201.",
      next: expect.stringContaining("read the next one"),
    });
    expect(rewind).toMatchObject({
      title: "Partition 1 rewound",
      evidence: "It went from event 900 back to 800.",
      next: expect.stringContaining("Owners tab"),
    });
  });
});

describe("partitions without a checkpoint", () => {
  const never: More = { status: "unknown", lagState: "noCheckpoint", checkpoint: null, lag: 900 };
  const of = (each: More[], ...partitionsWithoutCheckpoint: string[]) =>
    findings(each, { partitionsWithoutCheckpoint });

  it("are told with waiting events and where to look, if the group checkpoints on others", () => {
    const [finding, ...rest] = of([{}, never, {}, { ...never, lag: 0 }], "1");
    expect(finding).toMatchObject({
      kind: "withoutCheckpoint",
      title: "Partition 1 without a checkpoint",
      evidence:
        "The group checkpoints on its other partitions. Here up to 900 events wait, and the status is unknown.",
      next: expect.stringContaining("owners' logs"),
      partitionIds: ["1"],
    });
    expect(rest.map(({ kind, partitionIds }) => [kind, partitionIds])).toEqual([["noCheckpoint", ["3"]]]);
  });

  it("may have no owner", () => {
    const free = { ...never, ...noOwner };
    expect(of([{}, free], "1")[0]?.next).toMatch(/^It has no owner: start .* do not claim it\.$/);
    expect(of([{}, free, never, free], "1", "2", "3")[0]?.next).toMatch(/^2 of them have no owner: start/);
  });
});

it("differ between a reset to the start and no checkpoint at all", () => {
  const start = { ...fixtureGroupPartition().checkpoint, offset: "-1" } as GroupPartition["checkpoint"];
  const bound: More = { lagState: "noCheckpoint", status: "unknown", lag: 6_000, lagIsUpperBound: true };
  const reason = wireText("There is no checkpoint: at most the 6,000 events in the stream.");
  expect(
    findings([
      { ...bound, checkpoint: start },
      { ...bound, checkpoint: null, reason },
      { ...bound, checkpoint: null, reason },
    ]),
  ).toMatchObject([
    { kind: "atStart", title: "Partition 0 before the first event" },
    // The reason counts one partition's events.
    { kind: "noCheckpoint", evidence: "Their lag is an upper bound: every event in the stream counts." },
  ]);
});

describe("losses", () => {
  it("in the past are added up", () => {
    const lost: More = { lagState: "behindRetention", lostEvents: 60, secondsUntilLoss: 0 };
    expect(findings([lost, lost, {}])[0]).toMatchObject({
      status: "stop",
      title: "2 partitions overtaken by retention",
    });
    expect(findings([{ ...lost, lostEvents: 1, reason: wireText("Event 5 went.") }])[0]).toMatchObject({
      title: "Partition 0 overtaken by retention",
      evidence: "Event 5 went. The group continues with the oldest event left, or the next to arrive.",
    });
    // Retention removed everything that waited, and nothing came since.
    const emptied: More = { ...lost, lag: 0, lagState: "empty", status: "ok" };
    expect(findings([emptied, {}])[0]).toMatchObject({
      title: "Partition 0 overtaken by retention",
    });
  });

  it("of partitions without a checkpoint are told as the overview tells them", () => {
    const none: More = {
      lagState: "noCheckpoint",
      lagIsUpperBound: true,
      checkpoint: null,
      lostEvents: null,
    };
    const told = (partitionsLosingUnread: string[]) =>
      findings([none, none], { partitionsLosingUnread }).filter(({ kind }) => kind === "losingUnread");
    expect(told(["0", "1"])).toMatchObject([
      { title: "All 2 partitions losing events to retention", partitionIds: ["0", "1"] },
    ]);
    expect(told(["1"])).toMatchObject([{ title: "Partition 1 losing events to retention" }]);
    expect(told([])).toEqual([]);
  });

  it("to come are told for the partition where they come first", () => {
    const at = (sequenceNumber: number): More => ({
      checkpoint: { ...fixtureGroupPartition().checkpoint, sequenceNumber } as GroupPartition["checkpoint"],
      lag: 9,
    });
    const [finding] = findings([
      { ...at(5_000), secondsUntilLoss: 7_000 },
      { ...at(1_199), secondsUntilLoss: 725 },
      { ...at(9_000), secondsUntilLoss: 86_401 },
    ]);
    expect(finding).toMatchObject({
      status: "stop",
      title: "Events will be lost in 12 m 5 s",
      evidence:
        "The next event to read on partition 1 is 1,200. Retention has deleted everything before 1,000, and deletes faster than the group reads.",
      partitionIds: ["1", "0"],
    });
    expect(findings([{ ...at(5_000), secondsUntilLoss: 7_000 }])[0]?.status).toBe("warn");
  });
});

describe("an imbalance", () => {
  const steady: More = { eventsInPerSecond: 12, eventsOutPerSecond: 12, lag: 3 };

  it("is a partition with far more input than the others", () => {
    const [finding] = findings([
      steady,
      steady,
      { ...steady, eventsInPerSecond: 90, eventsOutPerSecond: 88 },
    ]);
    expect(finding).toMatchObject({
      kind: "hotPartition",
      title: "1 partition is hot",
      evidence: "Partition 2 gets 90/s; the others get about 12/s.",
      next: expect.stringContaining("partition key"),
      partitionIds: ["2"],
    });
  });

  it("is a consumer that reads less of its input than the others do", () => {
    const slow = { ...steady, eventsOutPerSecond: 3, ...ownedBy("worker-7") };
    const [finding] = findings([steady, slow, steady, { ...slow, eventsOutPerSecond: 2.4 }]);
    expect(finding).toMatchObject({
      kind: "slowConsumer",
      title: "2 partitions are read too slowly",
      evidence:
        "Partition 3 gets 12/s, and 20 % of that is processed. The other partitions keep up. One owner reads all of them: worker-7.",
      next: expect.stringMatching(/^Check worker-7: /),
      partitionIds: ["3", "1"],
    });
    const [other] = findings([steady, steady, { ...slow, ...noOwner }]);
    expect(other).toMatchObject({
      title: "1 partition is read too slowly",
      next: expect.stringMatching(/^Check what is special/),
    });
  });

  it("is no consumer with rare checkpoints that reads everything by each of them", () => {
    const pace = { eventsInPerSecond: 10, eventsOutPerSecond: 10 };
    expect(
      findings([steady, steady, { ...steady, eventsInPerSecond: 28, eventsOutPerSecond: 10, pace }]),
    ).toEqual([]);
  });

  it("ignores partitions that stand still, which their status tells", () => {
    const stalled: More = { ...steady, eventsOutPerSecond: 0, status: "stall" };
    expect(findings([steady, steady, stalled]).map(({ kind }) => kind)).toEqual(["stall"]);
  });
});
