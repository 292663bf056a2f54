import { expect, it } from "vitest";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type LossWatch, mergeLosses, observeLosses } from "#lib/lag/lost-events.ts";
import { checkpoint, noon, properties } from "#tests/support/fixtures/sources.ts";

interface Observed {
  cp: number | StoredCheckpoint | null;
  begin: number;
  last?: number;
  isEmpty?: boolean;
  isAhead?: boolean;
  unread?: boolean;
}

function watch(observations: readonly Observed[], from: LossWatch | null = null): LossWatch | null {
  let losses = from;
  for (const [index, { cp, begin, last = 100_000, isEmpty = false, ...observed }] of observations.entries()) {
    losses = observeLosses(losses, {
      partition: observed.unread
        ? null
        : properties("0", { beginningSequenceNumber: begin, lastEnqueuedSequenceNumber: last, isEmpty }),
      checkpoint: typeof cp === "number" ? checkpoint("0", cp) : cp,
      isAhead: observed.isAhead ?? false,
      at: noon + index * 10_000,
    });
  }
  return losses;
}

/** What left by the last observation counts at the next. */
const lost = (observations: readonly Observed[]) =>
  watch([...observations, ...observations.slice(-1)])?.lost ?? null;
const toStart = (n: number | null): StoredCheckpoint => ({
  ...checkpoint("0", 0),
  sequenceNumber: n,
  offset: "-1",
});
const unreadable: StoredCheckpoint = {
  ...checkpoint("0", 0),
  sequenceNumber: null,
  unreadable: "It is blank.",
};

it.each<[string, Observed[], number | null]>([
  ["nothing at the first observation, however much was gone by then", [{ cp: 10, begin: 500 }], 0],
  [
    "what leaves after the first look",
    [
      { cp: 10, begin: 500 },
      { cp: 10, begin: 700 },
    ],
    200,
  ],
  [
    "nothing where the event after the checkpoint is the oldest that is left",
    [
      { cp: 99, begin: 50 },
      { cp: 99, begin: 100 },
    ],
    0,
  ],
  [
    "one where that has just gone",
    [
      { cp: 99, begin: 50 },
      { cp: 99, begin: 101 },
    ],
    1,
  ],
  [
    "all that went, also where the checkpoint has moved past it",
    [
      { cp: 10, begin: 500 },
      { cp: 10, begin: 700 },
      { cp: 10, begin: 700 },
      { cp: 900, begin: 900 },
      { cp: 900, begin: 1_001 },
    ],
    300,
  ],
  [
    "nothing that the next look finds checkpointed: it may have been before it left",
    [
      { cp: 10, begin: 0 },
      { cp: 10, begin: 700 },
      { cp: 690, begin: 720 },
      { cp: 719, begin: 720 },
    ],
    9,
  ],
  [
    "nothing twice, whether a group is rewound or reset",
    [
      { cp: 900, begin: 0 },
      { cp: 900, begin: 1_001 },
      { cp: 5, begin: 1_001 },
      { cp: toStart(1_000), begin: 1_001 },
    ],
    100,
  ],
  [
    "what leaves after a reset to the start",
    [
      { cp: 900, begin: 0 },
      { cp: toStart(-1), begin: 0 },
      { cp: toStart(-1), begin: 951 },
    ],
    50,
  ],
  [
    "nothing of a group that never had a checkpoint",
    [
      { cp: null, begin: 0 },
      { cp: null, begin: 500 },
    ],
    null,
  ],
  ["nothing of an offset -1 without a sequence number", [{ cp: toStart(null), begin: 0 }], null],
  ["nothing where the partition could not be read", [{ cp: 5, begin: 0, unread: true }], null],
  [
    "later what leaves while the checkpoint can't be read",
    [
      { cp: 10, begin: 0 },
      { cp: unreadable, begin: 500 },
      { cp: 400, begin: 500 },
    ],
    99,
  ],
  [
    "nothing by guess while the checkpoint can't be read",
    [
      { cp: 10, begin: 0 },
      { cp: unreadable, begin: 500 },
    ],
    0,
  ],
  [
    "all that waited where the partition is emptied",
    [
      { cp: 10, begin: 0, last: 99 },
      { cp: 10, begin: 0, last: 99, isEmpty: true },
    ],
    89,
  ],
  [
    "nothing of a partition that was never used",
    [
      { cp: toStart(-1), begin: -1, last: -1 },
      { cp: toStart(-1), begin: 0, last: 5 },
    ],
    0,
  ],
  [
    "nothing of a checkpoint of another stream",
    [
      { cp: 10, begin: 500 },
      { cp: 10, begin: 700 },
      { cp: 90_000, begin: 700, isAhead: true },
    ],
    null,
  ],
])("counts %s", (_, observations, expected) => {
  expect(lost(observations)).toBe(expected);
});

it("never falls, whatever the checkpoint and the stream do", () => {
  let losses: LossWatch | null = null;
  let before = 0;
  for (const [cp, begin] of [
    [10, 0],
    [10, 1_274],
    [700, 1_274],
    [1_273, 1_300],
    [40, 1_290],
    [5_000, 1_300],
    [5_000, 5_100],
    [5_000, 5_100],
  ] as const) {
    losses = watch([{ cp, begin }], losses);
    expect(losses?.lost).toBeGreaterThanOrEqual(before);
    before = losses?.lost ?? 0;
  }
  expect(before).toBe(573 + 26 + 99);
});

it("counts from the first observation, and stays the same object when nothing changes", () => {
  const observed = { cp: 10, begin: 500 };
  const first = watch([observed, observed]);
  expect(first?.since).toBe(noon);
  expect(watch([{ cp: 400, begin: 500 }], first)).toBe(first);
});

it("starts anew once the checkpoint belongs to this stream again", () => {
  const ahead = { cp: 90_000, begin: 0, last: 5, isAhead: true };
  expect(
    watch([{ cp: 10, begin: 500 }, { cp: 10, begin: 700 }, ahead, { cp: 3, begin: 0, last: 5 }]),
  ).toMatchObject({
    lost: 0,
    since: noon + 30_000,
  });
});

it("continues from the history, with what left while nobody watched", () => {
  const recalled = { waterMark: 600, gone: 600, lost: 50, since: noon - 9_000, first: null };
  const observations = [
    { cp: 650, begin: 701 },
    { cp: 650, begin: 731 },
    { cp: 650, begin: 731 },
  ];
  const expected = { waterMark: 730, gone: 730, lost: 50 + 50 + 30, since: noon - 9_000 };
  expect(watch(observations, recalled)).toMatchObject(expected);
  // The history was away at the start and comes after the first observations.
  const merged = mergeLosses(recalled, watch(observations));
  expect(merged).toEqual({ ...expected, first: null });
  expect(mergeLosses(recalled, merged)).toBe(merged);
  expect(mergeLosses(recalled, null)).toBe(recalled);
});

it.each([
  [
    "of which the next look finds some checkpointed",
    [
      { cp: 650, begin: 701 },
      { cp: 690, begin: 701 },
    ],
    60,
  ],
  ["that no look has settled yet", [{ cp: 650, begin: 701 }], 50],
  [
    "that it counted before a rewind",
    [
      { cp: 10, begin: 20 },
      { cp: 10, begin: 601 },
      { cp: 10, begin: 601 },
    ],
    50,
  ],
] as const)("takes the history's word for what left, %s", (_, observations, expected) => {
  const recalled = { waterMark: 600, gone: 600, lost: 50, since: noon - 9_000, first: null };
  const merged = mergeLosses(recalled, watch(observations));
  expect(merged.lost).toBe(expected);
  expect(watch(observations, recalled)).toEqual(merged);
});
