import { expect, it } from "vitest";
import { type OwnerArrival, observeArrival } from "#lib/ownership/owner-arrival.ts";
import { compareOwner, type OwnerMemory } from "#lib/ownership/owner-changes.ts";
import type { PartitionOwner } from "#lib/ownership/ownership.ts";

const expirationSeconds = 10;
const gapMs = 30_000;

/** A look each second; whoever owns the partition renewed it half a second before. */
type Seen = { ownerId: string; state: PartitionOwner["state"] } | null;
const active = (ownerId: string): Seen => ({ ownerId, state: "active" });
const expired = (ownerId: string): Seen => ({ ownerId, state: "expired" });

function ownerAt(seen: Seen, now: number): PartitionOwner | null {
  if (seen === null) return null;
  const silentMs = seen.state === "expired" ? expirationSeconds * 1_000 : 500;
  return { ...seen, lastRenewedAt: now - silentMs };
}

/** `checkpoints`: the newest checkpoint's time at each look; default: none. */
function arrival(looks: Seen[], checkpoints: (number | null)[] = [], everyMs = 1_000) {
  return looks.reduce<OwnerArrival | null>((before, seen, index) => {
    const now = index * everyMs;
    const look = { now, checkpointAt: checkpoints[index] ?? null, expirationSeconds, gapMs };
    return observeArrival(before, ownerAt(seen, now), look);
  }, null);
}

const arrivedAt = (...looked: Parameters<typeof arrival>) => arrival(...looked)?.at;

it.each<[string, Seen[], number, boolean]>([
  ["was there at the first look", [active("a"), active("a")], -500, true],
  ["came after nobody", [null, active("a"), active("a")], 500, false],
  ["took over from one that was there before", [active("a"), active("a"), active("b")], 1_500, false],
  ["expired and came back", [active("a"), expired("a"), active("a")], 1_500, false],
])("knows when an owner came that %s", (_, looks, at, isUpperBound) => {
  expect(arrival(looks)).toMatchObject({ at, isUpperBound });
});

it("knows no time of an owner that came while nobody watched", () => {
  const looks = [active("a"), active("b"), active("b")];
  expect(arrival(looks, [], gapMs)).toMatchObject({ at: gapMs - 500, isUpperBound: false });
  expect(arrival(looks, [], gapMs + 1)).toMatchObject({ at: gapMs - 499, isUpperBound: true });
});

it("gives the very time that the list of changes has", () => {
  const listed = [
    { now: 60_000, owner: { ownerId: "a", state: "active" as const, lastRenewedAt: 55_000 } },
    { now: 70_000, owner: { ownerId: "a", state: "released" as const, lastRenewedAt: 63_000 } },
    { now: 80_000, owner: { ownerId: "b", state: "active" as const, lastRenewedAt: 72_000 } },
    { now: 90_000, owner: { ownerId: "c", state: "active" as const, lastRenewedAt: 88_000 } },
  ];
  let arrival: OwnerArrival | null = null;
  let memory: OwnerMemory | undefined;
  let previousAt: number | null = null;
  for (const { now, owner } of listed) {
    // A checkpoint after each claim: every owner begins a wait of its own.
    arrival = observeArrival(arrival, owner, { now, checkpointAt: now - 500, expirationSeconds: 60, gapMs });
    const rules = { listedAt: now, previousAt, expirationSeconds: 60, regularMs: 30_000 };
    const { changes, after } = compareOwner("0", memory, owner, rules);
    memory = after;
    if (previousAt !== null && owner.state === "active") expect(arrival.at).toBe(changes.at(-1)?.at);
    if (owner.state === "released") expect(arrival.leftAt).toBe(changes.at(-1)?.at);
    previousAt = now;
  }
});

it("waits on from owner to owner while none of them checkpoints, and anew after a checkpoint", () => {
  const crashing = [null, active("a"), null, active("b"), active("c"), expired("c"), active("d")];
  expect(arrivedAt(crashing)).toBe(500);
  expect(
    arrivedAt(
      crashing,
      crashing.map(() => 500),
    ),
  ).toBe(500);
  expect(arrivedAt(crashing, [null, null, null, 3_200, 3_200, 3_200, 3_200])).toBe(3_500);
});

it("waits anew for owners that come after a minute without any", () => {
  const stopped = (seconds: number) => [null, active("a"), ...Array(seconds).fill(null), active("b")];
  expect(arrivedAt(stopped(60))).toBe(500);
  expect(arrivedAt(stopped(61))).toBe(62_500);
});
