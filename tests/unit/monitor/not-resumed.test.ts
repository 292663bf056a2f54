import { describe, expect, it } from "vitest";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
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

const at = (second: number) => noon + second * 1000;
const resetId = "55278c1e-0000-4000-8000-000000000000";
const written = 300;
const released = 370;

interface World {
  /** Seconds between the checkpoints of the group. */
  every: number;
  /** When partition 0 checkpoints again; null: never. */
  resumes?: number;
  /** The last second in which an event comes before the reset, and the first one after. */
  quiet?: [number, number];
  owner?: string;
  /** When another hub takes the name; `isGone`: the checkpoint of the reset goes with the old one. */
  recreated?: { second: number; isGone: boolean };
}

/** A live reset writes partition 0 at 300 s to the event before, and gives it back at 370 s. */
function observe({ every, resumes = Number.POSITIVE_INFINITY, quiet, owner = "a", recreated }: World) {
  let second = 0;
  const end = (s: number) => {
    const [from, to] = quiet ?? [0, 0];
    return 1_000 + (s <= from ? s : Math.max(from, s - (to - from))) * 2;
  };
  const newest = (s: number) => Math.floor(s / every) * every;
  const ofReset = () => ({
    ...checkpoint("0", quiet === undefined ? end(newest(written)) - 1 : end(written), at(written)),
    writtenBy: ownIdentifier(resetId, "0"),
  });
  const isOtherHub = () => recreated !== undefined && second >= recreated.second;
  const hub = monitoredHub(
    async () => {
      const reading = hubReading(
        ["0", "1"].map((id) =>
          properties(id, { lastEnqueuedSequenceNumber: end(second), lastEnqueuedAt: at(second) }),
        ),
        at(second),
      );
      return isOtherHub() ? { ...reading, createdOn: at(recreated?.second ?? 0) } : reading;
    },
    {
      main: async () => {
        const own = second >= written && second < resumes;
        const zero = own ? ofReset() : checkpoint("0", end(newest(second)), at(newest(second)));
        const holder =
          second >= written && second < released ? holdingOwnerId(resetId, "0", "2fed3200") : owner;
        const stored = [
          ...(isOtherHub() && recreated?.isGone ? [] : [zero]),
          checkpoint("1", end(newest(second)), at(newest(second))),
        ];
        const owned = [ownership("0", holder, at(second)), ownership("1", "a", at(second))];
        return storeReading([storedGroup("billing", stored, owned)], at(second));
      },
    },
  );
  const refresh = refresher(hub);
  return async (until: number) => {
    let seen = await refresh(at(second));
    for (; second < until; ) {
      second += 10;
      seen = await refresh(at(second));
    }
    const [group] = seen.groups;
    return {
      notes: group?.group.notes.map(({ code, partitionIds }) => [code, ...partitionIds]),
      reason: group?.partitions[0]?.statusReason?.code ?? null,
      status: group?.partitions[0]?.status,
    };
  };
}

const told = { notes: [["partitionsNotResumed", "0"]], reason: "notResumed", status: "unknown" };
const nothing = { notes: [], reason: null };

describe("a partition that a reset gave back", () => {
  it("has not resumed once its owner is silent for longer than the group usually is", async () => {
    const until = observe({ every: 10 });
    expect(await until(released)).toMatchObject(nothing);
    expect(await until(released + 60)).toMatchObject(nothing);
    expect(await until(released + 80)).toEqual(told);
    expect(await until(written + 310)).toMatchObject({
      notes: [],
      reason: "silentSinceReset",
      status: "stop",
    });
  });

  it("has resumed with its first checkpoint", async () => {
    const until = observe({ every: 10, resumes: released + 90 });
    expect(await until(released + 80)).toEqual(told);
    expect(await until(released + 90)).toMatchObject(nothing);
  });

  it("is given the time of a group that checkpoints rarely", async () => {
    const until = observe({ every: 50 });
    expect(await until(released + 100)).toMatchObject(nothing);
    expect(await until(released + 120)).toEqual(told);
    const rarely = observe({ every: 150 });
    for (let second = released; second <= written + 300; second += 10) {
      expect(await rarely(second)).toMatchObject(nothing);
    }
  });

  it("is not late while nothing waits, nor for an event that has just come", async () => {
    const until = observe({ every: 10, quiet: [280, 500] });
    expect(await until(500)).toMatchObject(nothing);
    expect(await until(550)).toMatchObject(nothing);
  });

  it("is not late while nobody owns it", async () => {
    const until = observe({ every: 10, owner: "" });
    expect(await until(released + 150)).toMatchObject(nothing);
  });

  it.each([true, false])(
    "is not waited for once another hub has its name (checkpoint gone: %s)",
    async (isGone) => {
      const until = observe({ every: 10, recreated: { second: released + 20, isGone } });
      for (let second = released; second <= released + 200; second += 10)
        expect(await until(second)).toMatchObject({ reason: null });
    },
  );

  it("is waited for on a new hub whose own checkpoints a reset has written", async () => {
    const until = observe({ every: 10, recreated: { second: written - 200, isGone: false } });
    expect(await until(released + 80)).toEqual(told);
  });
});
