import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Status, statuses } from "#lib/api/status.ts";
import type { Commit } from "#lib/lag/commits.ts";
import { groupStatus, type PartitionStatusInput, partitionStatus } from "#lib/lag/status.ts";

const commits = fc
  .array(
    fc.record({
      sequenceNumber: fc.nat(12),
      wait: fc.integer({ min: 1, max: 400_000 }),
      lag: fc.option(fc.nat(6)),
      blindShare: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ wait, blindShare, ...rest }): Commit => {
      at += wait;
      return { ...rest, at, blindMs: (wait * blindShare) / 4 };
    });
  });

const inputs = fc
  .record({
    commits,
    lag: fc.option(fc.nat(8)),
    hasCheckpoint: fc.boolean(),
    lowestLastEnqueued: fc.option(fc.nat(14)),
    silence: fc.nat(900_000),
    allowedLag: fc.nat(2),
  })
  .map(({ commits, hasCheckpoint, silence, ...rest }): PartitionStatusInput & { commits: Commit[] } => ({
    ...rest,
    commits,
    lagState: hasCheckpoint ? "ok" : "noCheckpoint",
    ring: { commits, lastModified: commits.at(-1)?.at ?? null, ownWrite: null, progress: null },
    now: (commits.at(-1)?.at ?? 0) + silence,
  }));

/** The rules written again, literally from lib/lag/README.md#status. */
function byTheBook(input: PartitionStatusInput & { commits: Commit[] }): Status {
  const { lag, lagState, commits, lowestLastEnqueued, now, allowedLag = 0 } = input;
  const pairs = commits
    .slice(1)
    .map((commit, index) => ({ commit, before: commits[index] as Commit, index }));
  const newest = commits.at(-1) as Commit;
  // Unwatched time is not part of the window.
  const watched = pairs.reduce(
    (sum, { commit, before }) => sum + commit.at - before.at - (commit.blindMs ?? 0),
    0,
  );
  const isAlone = pairs.every(({ commit }) => commit.blindMs !== 0);
  const span = isAlone ? Math.max(300_000, watched) : watched;
  if (lag === null) return "unknown";
  if (lagState === "noCheckpoint" && lag > 0) return "unknown";
  if (lag <= allowedLag) return "ok";
  const seenLevel = lowestLastEnqueued !== null && lowestLastEnqueued - allowedLag <= newest.sequenceNumber;
  if (now - newest.at > span && !seenLevel) return "stop";
  const neverReached = pairs.filter(
    ({ commit, before, index }) =>
      commit.sequenceNumber < before.sequenceNumber &&
      commits.slice(index + 2).every((later) => later.sequenceNumber < before.sequenceNumber),
  );
  if (neverReached.length > 0) return "rewind";
  if (commits.filter((each) => each.lag !== null && each.lag <= allowedLag).length > 0) return "ok";
  if (pairs.length === 0) return "unknown";
  if (new Set(commits.map((each) => each.sequenceNumber)).size === 1) return "stall";
  // An unknown lag is neither closer nor not.
  const known = commits.filter((each) => each.lag !== null).map((each) => each.lag as number);
  if (known.length < 2) return "unknown";
  const notCloser = known.every((lag, index) => index === 0 || lag >= (known[index - 1] as number));
  return notCloser ? "warn" : "ok";
}

describe("a partition's status", () => {
  it("follows the rules in their order", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(partitionStatus(input)).toBe(byTheBook(input));
      }),
      { numRuns: 5_000 },
    );
  });

  it("turns to stop with time alone, never back, and to nothing else", () => {
    fc.assert(
      fc.property(inputs, fc.nat(900_000), (input, later) => {
        const early = partitionStatus(input);
        const late = partitionStatus({ ...input, now: input.now + later });
        expect([early, "stop"]).toContain(late);
      }),
    );
  });

  it("is a rewind exactly while the newest commit is not the furthest", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { commits } = input;
        const furthest = Math.max(...commits.map(({ sequenceNumber }) => sequenceNumber));
        const now = commits.at(-1)?.at ?? 0;
        const status = partitionStatus({ ...input, lag: 9, lagState: "ok", now });
        expect(status === "rewind").toBe((commits.at(-1)?.sequenceNumber ?? 0) < furthest);
      }),
    );
  });

  it("does not depend on absolute times or positions", () => {
    fc.assert(
      fc.property(inputs, fc.nat(1e12), fc.nat(1e12), (input, ms, events) => {
        const moved = input.commits.map((commit) => ({
          ...commit,
          at: commit.at + ms,
          sequenceNumber: commit.sequenceNumber + events,
        }));
        const { lowestLastEnqueued: lowest } = input;
        expect(
          partitionStatus({
            ...input,
            ring: { ...input.ring, commits: moved },
            lowestLastEnqueued: lowest === null ? null : lowest + events,
            now: input.now + ms,
          }),
        ).toBe(partitionStatus(input));
      }),
    );
  });

  it("gets no worse when more lag is allowed", () => {
    const severity: readonly Status[] = ["unknown", "ok", "warn", "stall", "rewind", "stop"];
    fc.assert(
      fc.property(inputs, fc.nat(6), (input, more) => {
        const strict = partitionStatus(input);
        const lenient = partitionStatus({ ...input, allowedLag: (input.allowedLag ?? 0) + more });
        fc.pre(strict !== "unknown" && lenient !== "unknown" && strict !== "stop");
        expect(severity.indexOf(lenient)).toBeLessThanOrEqual(severity.indexOf(strict));
      }),
    );
  });
});

describe("a group", () => {
  it("is as bad as its worst known partition", () => {
    expect(groupStatus(["ok", "warn", "stall", "rewind", "stop"])).toBe("stop");
    expect(groupStatus(["ok", "rewind", "unknown", "stall"])).toBe("rewind");
    expect(groupStatus(["ok", "ok"])).toBe("ok");
    expect(groupStatus(["unknown", "ok"])).toBe("unknown");
    expect(groupStatus(["unknown", "warn"])).toBe("warn");
    expect(groupStatus(["unknown", "unknown"])).toBe("unknown");
    expect(groupStatus([])).toBe("unknown");
  });

  it("never gets better with one more partition", () => {
    const status = fc.constantFrom(...statuses.filter((one) => one !== "unknown"));
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), status, (known, more) => {
        const severity = (one: Status) => statuses.indexOf(one);
        expect(severity(groupStatus([...known, more]))).toBeGreaterThanOrEqual(severity(groupStatus(known)));
      }),
    );
  });
});
