import { describe, expect, it } from "vitest";
import { type Reader, ReaderSlots } from "#lib/sandbox/local-event-hubs/reader-slots.ts";

const now = 1_000_000;

interface TestReader extends Reader {
  detachedBy: string | null;
}

function reader(ownerLevel: number | null): TestReader {
  return {
    ownerLevel,
    detachedBy: null,
    detach({ condition }) {
      this.detachedBy = condition;
    },
  };
}

describe("ReaderSlots", () => {
  it.each([
    [0, 0],
    [0, 1],
    [3, 9],
  ])("lets level %i be displaced by %i", (old, next) => {
    const slots = new ReaderSlots();
    const [first, second] = [reader(old), reader(next)];

    expect([slots.admit(first, now), slots.admit(second, now)]).toEqual([null, null]);
    expect(first.detachedBy).toBe("amqp:link:stolen");
    expect(second.detachedBy).toBeNull();
    expect(slots.size).toBe(1);
  });

  it.each([4, 0, null])("refuses %s beside level 5", (level) => {
    const slots = new ReaderSlots();
    const owner = reader(5);
    slots.admit(owner, now);

    expect(slots.admit(reader(level), now)).toMatchObject({ condition: "amqp:link:stolen" });
    expect(owner.detachedBy).toBeNull();
    expect(slots.size).toBe(1);
  });

  it("has five places for readers without a level, and loses all of them to level 0", () => {
    const slots = new ReaderSlots();
    const plain = Array.from({ length: 5 }, () => reader(null));
    for (const one of plain) expect(slots.admit(one, now)).toBeNull();

    expect(slots.admit(reader(null), now)).toMatchObject({ condition: "amqp:resource-limit-exceeded" });
    expect(slots.admit(reader(0), now)).toBeNull();
    expect(plain.map(({ detachedBy }) => detachedBy)).toEqual(Array(5).fill("amqp:link:stolen"));
  });

  it("frees a place when its reader leaves, and accepts being told twice", () => {
    const slots = new ReaderSlots();
    const [high, low] = [reader(9), reader(null)];
    slots.admit(high, now);
    slots.leave(high, true, now);
    slots.leave(high, true, now);

    expect(slots.admit(low, now)).toBeNull();
    expect(slots.size).toBe(1);
  });

  it("goes on refusing lower levels for a while after an unclean end when that fault is on", () => {
    const slots = new ReaderSlots({ lingeringLevelMs: 5_000 });
    const fence = reader(1);
    slots.admit(fence, now);
    slots.leave(fence, false, now);

    expect(slots.admit(reader(0), now + 4_999)).toMatchObject({ condition: "amqp:link:stolen" });
    expect(slots.admit(reader(0), now + 5_000)).toBeNull();
  });

  it("forgets that level when it is taken up again and detached in good order", () => {
    const slots = new ReaderSlots({ lingeringLevelMs: 5_000 });
    const [fence, again] = [reader(1), reader(1)];
    slots.admit(fence, now);
    slots.leave(fence, false, now);
    expect(slots.admit(again, now)).toBeNull();
    slots.leave(again, true, now);

    expect(slots.admit(reader(0), now)).toBeNull();
  });
});
