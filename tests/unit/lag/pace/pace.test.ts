import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PaceInput, partitionPace, secondsBehindAtCheckpoint } from "#lib/lag/pace/pace.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { addCheckpointReading } from "#lib/lag/rates.ts";

interface Course {
  end: (second: number) => number;
  commits: readonly (readonly [second: number, behind: number])[];
  from?: number;
  until: number;
  skew?: number;
}

function seen({ end, commits, from = 0, until, skew = 0 }: Course): PaceInput {
  const positions = new PositionRing(undefined, 60_000);
  const checkpoints = new PositionRing();
  for (let second = from; second <= until; second += 10) {
    const newest = commits.findLast(([at]) => at <= second);
    if (newest !== undefined) {
      const [at, behind] = newest;
      addCheckpointReading(checkpoints, end(at) - behind, (at + skew) * 1000, (second + skew) * 1000);
    }
    positions.add(end(second), second * 1000);
  }
  return { positions, checkpoints, hubNow: until * 1000, storeNow: (until + skew) * 1000 };
}

const everySeconds = (every: number, until: number, behind: (at: number) => number = () => 0) =>
  Array.from({ length: Math.floor(until / every) }, (_, index) => {
    const at = (index + 1) * every;
    return [at, behind(at)] as const;
  });

const tenASecond = (second: number) => second * 10;
const burst = (second: number) => second * 10 + Math.min(120, Math.max(0, second - 2_500)) * 90;
const sparse = (second: number) => Math.floor((second + 500) / 600);

const pace = (course: Course) => partitionPace(seen(course));
const change = (course: Course) => {
  const known = pace(course);
  return known === null ? null : known.eventsInPerSecond - known.eventsOutPerSecond;
};

describe("input and output between checkpoints", () => {
  it("are equal for a group that has caught up at each checkpoint, whatever came since the last", () => {
    const commits = everySeconds(300, 2_700);
    for (const until of [2_400, 2_450, 2_510, 2_620, 2_690, 2_700, 2_760]) {
      expect(change({ end: burst, commits, until }), String(until)).toBeCloseTo(0);
    }
    expect(pace({ end: burst, commits, until: 2_690 })?.eventsInPerSecond).toBeCloseTo(10);
    expect(pace({ end: burst, commits, until: 2_700 })?.eventsInPerSecond).toBeCloseTo(46);
  });

  it("are equal for one event every ten minutes with a checkpoint 8 s later", () => {
    const commits = [100, 700, 1_300, 1_900].map((at) => [at + 8, 0] as const);
    for (let until = 720; until <= 1_910; until += 10) {
      expect(change({ end: sparse, commits, until }), String(until)).toBeCloseTo(0);
    }
  });

  it("differ by the change of the lag from one checkpoint to another", () => {
    const falling = everySeconds(300, 1_800, (at) => 50_000 - at * 4);
    expect(change({ end: tenASecond, commits: falling, until: 1_790 })).toBeCloseTo(-4);
    const growing = everySeconds(10, 600, (at) => at * 2);
    expect(change({ end: tenASecond, commits: growing, until: 600 })).toBeCloseTo(2);
  });

  it("don't depend on the store's clock", () => {
    const commits = everySeconds(300, 2_700);
    for (const skew of [-3_600, 300]) {
      expect(change({ end: burst, commits, until: 2_510, skew })).toBeCloseTo(0);
      expect(change({ end: burst, commits, until: 2_700, skew })).toBeCloseTo(0);
    }
  });

  it("count up to now once the next checkpoint is overdue, and over the window once it has none", () => {
    const often = everySeconds(10, 600);
    expect(pace({ end: tenASecond, commits: often, until: 620 })?.eventsOutPerSecond).toBeCloseTo(10);
    expect(change({ end: tenASecond, commits: often, until: 630 })).toBeCloseTo(5);
    const stopped = { eventsInPerSecond: 10, eventsOutPerSecond: 0 };
    expect(pace({ end: tenASecond, commits: often, until: 670 })).toEqual(stopped);
    const rare = everySeconds(300, 1_200);
    expect(change({ end: tenASecond, commits: rare, until: 1_800 })).toBeCloseTo(0);
    expect(pace({ end: tenASecond, commits: rare, until: 1_810 })).toEqual(stopped);
  });

  it("don't take an idle hour for an overdue checkpoint", () => {
    const end = (second: number) => Math.min(600, second) + Math.max(0, second - 4_200) * 10;
    const commits = everySeconds(10, 600);
    expect(pace({ end, commits, until: 4_200 })).toEqual({ eventsInPerSecond: 0, eventsOutPerSecond: 0 });
    expect(change({ end, commits, until: 4_210 })).toBeCloseTo(0);
    expect(change({ end, commits, until: 4_230 })).toBeCloseTo(5);
  });

  it("begin with the first checkpoint after a standstill, and are unknown until the second", () => {
    const resumed = [
      [760, 1_500],
      [770, 1_200],
      [780, 900],
    ] as const;
    const commits = [...everySeconds(10, 600), ...resumed];
    expect(pace({ end: tenASecond, commits, until: 750 })?.eventsOutPerSecond).toBe(0);
    expect(pace({ end: tenASecond, commits, until: 760 })).toBeNull();
    for (const until of [770, 780, 800])
      expect(change({ end: tenASecond, commits, until }), String(until)).toBeCloseTo(-30);
    const once = commits.slice(0, -2);
    expect(pace({ end: tenASecond, commits: once, until: 820 })).toBeNull();
    expect(change({ end: tenASecond, commits: once, until: 830 })).toBeCloseTo(10);
  });

  it("take for a standstill only a time in which events waited for twice the longest interval", () => {
    const commits = [...everySeconds(10, 600), [760, 0]] as const;
    const since = (first: number) => (second: number) =>
      10 * (Math.min(600, second) + Math.max(0, second - first));
    // The checkpoint of second 600 was last seen at 750.
    expect(change({ end: since(730), commits, until: 760 })).toBeCloseTo(0);
    expect(pace({ end: since(720), commits, until: 760 })).toBeNull();
  });

  it("begin with the first checkpoint since the partition's end is watched", () => {
    const commits = everySeconds(60, 1_800, (at) => 10_000 - at);
    expect(change({ end: tenASecond, commits, from: 1_030, until: 1_070 })).toBeNull();
    expect(change({ end: tenASecond, commits, from: 1_030, until: 1_090 })).toBeNull();
    expect(change({ end: tenASecond, commits, from: 1_030, until: 1_140 })).toBeCloseTo(-1);
  });

  it("are unknown with a single checkpoint, until nothing came after it for five minutes", () => {
    const commits = [[5, 0]] as const;
    expect(pace({ end: tenASecond, commits, until: 300 })).toBeNull();
    expect(pace({ end: tenASecond, commits, until: 310 })).toEqual({
      eventsInPerSecond: 10,
      eventsOutPerSecond: 0,
    });
    expect(pace({ end: tenASecond, commits: [], until: 300 })).toBeNull();
  });

  it("take a checkpoint written again at the same position as the same, until the next is overdue", () => {
    const end = (second: number) => 1_000 + second * 6;
    const moved = [
      [10, 0],
      [42, 190],
    ] as const;
    const again = [...moved, [53, 256]] as const;
    expect(change({ end, commits: again, until: 60 })).toBe(change({ end, commits: moved, until: 60 }));
    expect(change({ end, commits: again, until: 60 })).toBeCloseTo(190 / 32);
    // The two that moved are 32 s apart, and twice that is over.
    expect(pace({ end, commits: again, until: 100 })?.eventsOutPerSecond).toBeCloseTo(2 / 32);
    expect(pace({ end, commits: again, until: 110 })).toEqual({
      eventsInPerSecond: 6,
      eventsOutPerSecond: 0,
    });
  });

  it("are the lag's change between two checkpoints, over the time between them", () => {
    const step = fc.tuple(fc.integer({ min: 10, max: 200 }), fc.nat(300));
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 1, max: 500 }),
        (steps, rate) => {
          const end = (second: number) => 1_000 + second * rate;
          const commits: (readonly [second: number, behind: number])[] = [];
          let at = 0;
          let position = Number.NaN;
          for (const [wait, behind] of steps) {
            at += wait;
            if (end(at) - behind === position) continue;
            position = end(at) - behind;
            commits.push([at, behind]);
          }
          const [newestAt, newestBehind] = commits.at(-1) ?? [0, 0];
          const known = change({ end, commits, until: Math.ceil(newestAt / 10) * 10 });
          // The position fell, so nothing precedes it.
          if (known === null) return;
          const between = commits
            .slice(0, -1)
            .map(([before, behind]) => (newestBehind - behind) / (newestAt - before));
          expect(Math.min(...between.map((each) => Math.abs(each - known)))).toBeLessThan(1e-6);
        },
      ),
      {
        examples: [
          [
            [
              [10, 0],
              [32, 190],
              [11, 256],
            ],
            6,
          ],
        ],
      },
    );
  });
});

describe("the time lag at the last checkpoint", () => {
  const behind = (course: Course) => secondsBehindAtCheckpoint(seen(course));

  it("is 0 when the group had caught up, however long ago", () => {
    const commits = everySeconds(300, 2_700);
    for (const until of [2_410, 2_690]) expect(behind({ end: burst, commits, until })).toBeLessThan(1);
    const sparseCommits = [108, 708, 1_308].map((at) => [at, 0] as const);
    expect(behind({ end: sparse, commits: sparseCommits, until: 1_900 })).toBe(0);
  });

  it("is how long the first unread event had waited by then", () => {
    const commits = everySeconds(300, 2_400, () => 800);
    for (const skew of [0, -500]) {
      expect(behind({ end: tenASecond, commits, until: 2_450, skew })).toBeCloseTo(79.9);
      expect(behind({ end: tenASecond, commits, until: 2_690, skew })).toBeCloseTo(79.9);
    }
  });

  it("extends to now once the next is overdue", () => {
    const commits = everySeconds(300, 1_200);
    expect(behind({ end: tenASecond, commits, until: 1_800 })).toBeLessThan(1);
    expect(behind({ end: tenASecond, commits, until: 1_810 })).toBeCloseTo(609.9);
  });

  it("is unknown when the event came before anybody looked, and when nothing is unread", () => {
    const commits = everySeconds(300, 1_200, () => 5_000);
    expect(behind({ end: tenASecond, commits, from: 1_000, until: 1_250 })).toBeNull();
    expect(behind({ end: () => 7, commits: [[100, 0]], until: 200 })).toBeNull();
    expect(behind({ end: tenASecond, commits: [], until: 200 })).toBeNull();
  });
});
