import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StreamBudget } from "#lib/server/access/stream-budget.ts";

const limits = { ofOne: 100, ofAll: 250, patienceMs: 4_000 };
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opener(budget = new StreamBudget(limits)) {
  const cut: string[] = [];
  const open = (name: string, caller = "one", isEverybody = false) => {
    const room = budget.open(caller, isEverybody, () => {
      cut.push(name);
      room.leave();
    });
    return {
      ...room,
      send: (bytes: number) => {
        let isSent = false;
        room.wait(() => {
          isSent = true;
          room.hold(bytes);
        });
        return isSent;
      },
    };
  };
  return { budget, cut, open };
}

it("lets a caller have its share under way and one message more, and leaves others theirs", () => {
  const { budget, open } = opener();
  expect([open("a").send(99), open("b").send(99), open("c").send(1)]).toEqual([true, true, false]);
  expect(open("d", "two").send(1)).toBe(true);
  expect(budget.held).toBe(199);
});

it("holds all callers together to one budget", () => {
  const { budget, open } = opener();
  const sent = ["one", "two", "three", "four"].map((caller) => open(caller, caller).send(90));
  expect(sent).toEqual([true, true, true, false]);
  expect(budget.held).toBe(270);
});

it("lets callers without a sign-in use all of it, since they count as one", () => {
  const { open } = opener();
  expect([1, 2, 3].map((one) => open(String(one), "nobody", true).send(100))).toEqual([true, true, true]);
  expect(open("4", "nobody", true).send(100)).toBe(false);
});

it.each(["hold", "leave"] as const)(
  "lets the next one go on when a reader has taken its message: %s",
  (how) => {
    const { budget, open } = opener();
    const first = open("first");
    first.send(100);
    const sent: string[] = [];
    for (const name of ["second", "third"]) {
      const stream = open(name);
      stream.wait(() => {
        sent.push(name);
        stream.hold(100);
      });
    }
    expect(sent).toEqual([]);
    if (how === "hold") first.hold(0);
    else first.leave();
    expect(sent).toEqual(["second"]);
    expect(budget.held).toBe(100);
  },
);

it("cuts off a reader that keeps others waiting once its time is over, and no other", () => {
  const { cut, open } = opener();
  open("slow").send(60);
  vi.advanceTimersByTime(1_000);
  open("less slow").send(60);
  expect(open("quick").send(60)).toBe(false);
  vi.advanceTimersByTime(2_999);
  expect(cut).toEqual([]);
  vi.advanceTimersByTime(1_001);
  expect(cut).toEqual(["slow"]);
  vi.advanceTimersByTime(60_000);
  expect(cut).toEqual(["slow"]);
});

it("cuts off no reader while nobody wants its room, and runs no timer for it", () => {
  const { cut, open } = opener();
  open("slow").send(1_000);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(600_000);
  expect(cut).toEqual([]);
});

it("cuts off nobody else's reader when only the caller's own share is used up", () => {
  const { cut, open } = opener();
  open("other", "two").send(60);
  vi.advanceTimersByTime(10_000);
  open("own").send(100);
  open("next").send(1);
  vi.advanceTimersByTime(5_000);
  expect(cut).toEqual(["own"]);
});

it("ignores a stream that has left", () => {
  const { budget, open } = opener();
  const gone = open("gone");
  gone.leave();
  gone.hold(50);
  expect([budget.held, gone.send(1)]).toEqual([0, false]);
});
