import { expect, it } from "vitest";
import { failureOf } from "#lib/api/reasons/reason.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { FenceAnswer } from "#lib/event-hub/fence.ts";
import { FenceHolder } from "#lib/reset/live/hold-fence.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import type { LiveEvent } from "#lib/reset/live/watch/signals.ts";
import { fencing } from "#tests/support/simulated/live-states.ts";
import { limits } from "#tests/support/simulated/simulated-runs.ts";

const about = { partitionId: "0", lastSequenceNumber: 7 };
const error = new AppError("azureUnreachable", "No answer within 10 s.");
const unclean: FenceAnswer = { answer: "failed", error, isClean: false };

function holder(answer: FenceAnswer, waits: boolean) {
  const told: LiveEvent[] = [];
  const fence = new FenceHolder(
    async ({ abortSignal }) => {
      if (waits) await new Promise((resolve) => abortSignal?.addEventListener("abort", resolve));
      return answer;
    },
    about,
    (event) => told.push(event),
  );
  return { fence, told };
}

it("tells when a failed attach may have been accepted by the service", async () => {
  const { fence, told } = holder(unclean, false);
  fence.attach(1);
  await fence.close();
  expect(told).toEqual([
    { type: "attachFailed", because: failureOf(error), isClean: false },
    { type: "closed", isClean: false },
  ]);
});

it("tells the same when it is closed while it attaches", async () => {
  for (const isClean of [true, false]) {
    const { fence, told } = holder({ ...unclean, isClean }, true);
    fence.attach(1);
    await fence.close();
    expect(told.at(-1)).toEqual({ type: "closed", isClean });
  }
});

it("clears the level that such an attach may have left, or says that it is left", () => {
  const context = { now: 100, limits: limits() };
  const failed = nextTurn(
    fencing(),
    { type: "attachFailed", because: failureOf(error), isClean: false },
    context,
  );
  expect(failed.effects).toEqual([{ do: "clearLevel", ownerLevel: 1 }]);
  const cleared = (isClean: boolean) => nextTurn(failed.state, { type: "closed", isClean }, context);
  expect(cleared(true).state).toMatchObject({ leftLevel: false });
  expect(cleared(false)).toMatchObject({ state: { leftLevel: true }, effects: [{ do: "release" }] });
});
