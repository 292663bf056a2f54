import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeBeginnings, encodeBeginnings } from "#lib/history/remembered/beginning-codec.ts";
import { decodeCommits, encodeCommits } from "#lib/history/remembered/commit-codec.ts";
import { decodeGroup, encodeGroup } from "#lib/history/remembered/group-codec.ts";
import type { CommitRing } from "#lib/lag/commits.ts";
import { pairsOf, positionsOf } from "../lag/rings.ts";

const largest = Number.MAX_SAFE_INTEGER;
const sequenceNumber = fc.oneof(fc.integer({ min: -1, max: 50 }), fc.integer({ min: 0, max: largest }));
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });

const ring: fc.Arbitrary<CommitRing> = fc.record({
  commits: fc
    .array(
      fc.record({
        sequenceNumber,
        at: time,
        lag: fc.option(fc.nat(largest - 1)),
        blindMs: fc.option(fc.oneof(fc.constant(0), time)),
      }),
      { maxLength: 10 },
    )
    .map((commits) => commits.sort((a, b) => a.at - b.at)),
  lastModified: fc.option(time),
  ownWrite: fc.option(
    fc.record({ at: time, sequenceNumber: fc.option(fc.integer({ min: -1, max: largest - 2 })) }),
  ),
  progress: fc.option(fc.record({ at: time, isExact: fc.boolean() })),
});

it("restores every ring of commits", () => {
  const rings = fc.dictionary(fc.nat(1_023).map(String), ring).map((all) => new Map(Object.entries(all)));
  fc.assert(
    fc.property(rings, (all) => {
      expect(decodeCommits(encodeCommits(all))).toEqual(all);
    }),
  );
});

const nothing = { commits: new Map(), losses: new Map(), partitions: new Map(), renewalSeconds: null };

it("restores what is known of a group and its partitions", () => {
  const commits = new Map([["0", { commits: [], lastModified: 500, ownWrite: null, progress: null }]]);
  const checkpoint = {
    updatedAt: 1_700_000_000_000,
    sequenceNumber: -1,
    firstSeenBegin: 0,
    aheadSince: null,
    aheadRefreshes: 0,
  };
  const ahead = { ...checkpoint, sequenceNumber: 5_000, firstSeenBegin: null, aheadSince: 1_700_000_100_000 };
  const owner = { ownerId: "Käfer-1", at: 1_700_000_000_500, lastEnqueued: -1 };
  const partitions = new Map([
    ["0", { checkpoint, owner: null }],
    ["7", { checkpoint: { ...ahead, aheadRefreshes: 4 }, owner: { ...owner, lastEnqueued: null } }],
    ["31", { checkpoint: null, owner }],
  ]);
  for (const renewalSeconds of [null, 10, 31.5]) {
    for (const hadBlob of [true, false]) {
      const group = { ...nothing, commits, renewalSeconds, partitions, hadBlob, wasRead: !hadBlob };
      expect(decodeGroup(encodeGroup(group))).toEqual(group);
    }
  }
});

it("reads groups that were stored without partitions or losses", () => {
  const commits = new Map([["0", { commits: [], lastModified: 500, ownWrite: null, progress: null }]]);
  const known = { ...nothing, commits, hadBlob: false, wasRead: false };
  expect(decodeGroup(encodeCommits(commits))).toEqual(known);
  // Form 2: a renewal every 10 s.
  const withRenewals = Buffer.concat([Uint8Array.from([2, 0x91, 0x4e]), encodeCommits(commits)]);
  expect(decodeGroup(withRenewals)).toEqual({ ...known, renewalSeconds: 10, hadBlob: true });
  // Form 4: no renewals; on partition 7 the water mark at 5, 1 lost since 9.
  const withLosses = Buffer.concat([Uint8Array.from([4, 0, 1, 7, 6, 1, 9]), encodeCommits(commits)]);
  const losses = new Map([["7", { waterMark: 5, gone: 5, lost: 1, since: 9, first: null }]]);
  expect(decodeGroup(withLosses)).toEqual({ ...known, losses });
});

it("restores a group's losses", () => {
  const position = fc.integer({ min: -1, max: largest - 1 });
  const counted = fc.record({ lost: fc.nat(largest), since: time, first: fc.constant(null) });
  const watch = fc
    .tuple(position, counted)
    .map(([waterMark, rest]) => ({ waterMark, gone: waterMark, ...rest }));
  const commits = new Map([["3", { commits: [], lastModified: 500, ownWrite: null, progress: null }]]);
  const all = fc.dictionary(fc.nat(1_023).map(String), watch).map((each) => new Map(Object.entries(each)));
  fc.assert(
    fc.property(all, (losses) => {
      const group = { ...nothing, commits, losses, hadBlob: true, wasRead: true };
      expect(decodeGroup(encodeGroup(group))).toEqual(group);
    }),
  );
  const losses = new Map([["0", { waterMark: 5, gone: 5, lost: 1, since: 9, first: null }]]);
  const bytes = encodeGroup({ ...nothing, losses, hadBlob: true, wasRead: true });
  expect(() => decodeGroup(bytes.slice(0, 5))).toThrow(RangeError);
});

it("reads commits that were stored without unwatched times", () => {
  // Form 1: partition 0; Last-Modified 30 (plus one); no own write; two commits.
  const old = Uint8Array.from([1, 0, 31, 0, 2, 10, 0, 7, 5, 20, 1, 2, 0]);
  const commits = [
    { sequenceNumber: 7, at: 10, lag: 4, blindMs: 0 },
    { sequenceNumber: 5, at: 30, lag: null, blindMs: 0 },
  ];
  const progress = { at: 10, isExact: false };
  const rings = new Map([["0", { commits, lastModified: 30, ownWrite: null, progress }]]);
  expect(decodeCommits(old)).toEqual(rings);
  expect(decodeGroup(old)).toMatchObject({
    commits: rings,
    renewalSeconds: null,
    hadBlob: true,
    wasRead: true,
  });
});

it("takes the last progress from commits that were stored without it", () => {
  // Form 3: partition 0; Last-Modified 30 (plus one); no own write; three commits, the first two watched.
  const old = Uint8Array.from([3, 0, 31, 0, 3, 10, 0, 5, 5, 1, 10, 0, 2, 4, 1, 10, 0, 0, 6, 1]);
  expect(decodeCommits(old).get("0")?.progress).toEqual({ at: 20, isExact: true });
});

it("leaves out partitions that the service would not name so", () => {
  const some = new Map([["odd", { commits: [], lastModified: 5, ownWrite: null, progress: null }]]);
  expect(decodeCommits(encodeCommits(some)).size).toBe(0);
});

it("ignores unknown forms, and reports truncated bytes", () => {
  const bytes = encodeCommits([["0", { commits: [], lastModified: 500, ownWrite: null, progress: null }]]);
  expect(decodeCommits(Uint8Array.from([9, ...bytes.slice(1)])).size).toBe(0);
  expect(() => decodeCommits(bytes.slice(0, -2))).toThrow(RangeError);
  expect(() => decodeCommits(new Uint8Array())).toThrow(RangeError);
});

it("keeps the newest of partitions' beginnings", () => {
  const few = positionsOf([
    [-1, 0],
    [5, 10],
    [5, 30],
    [9, 40],
  ]);
  const many = positionsOf(Array.from({ length: 200 }, (_, index) => [index, index] as const));
  const back = decodeBeginnings(
    encodeBeginnings(
      new Map([
        ["0", few],
        ["31", many],
      ]),
    ),
  );
  expect([...back.keys()]).toEqual(["0", "31"]);
  expect(pairsOf(back.get("0") ?? few)).toEqual(pairsOf(few));
  expect(pairsOf(back.get("31") ?? few)).toEqual(pairsOf(many).slice(-64));
});
