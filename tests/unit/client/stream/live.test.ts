import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import type { Reset, Resets } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { afterOpening } from "#lib/client/stream/live.ts";
import { fixtureReset } from "#tests/support/fixtures/fixture-resets.ts";

it("what others applied while no stream was open is asked for once it is: the group's list, and what still ran", () => {
  const client = new QueryClient();
  const done = fixtureReset([], { id: "done" });
  const running = fixtureReset([], { id: "running", state: "running", endedAt: null });
  for (const reset of [done, running]) client.setQueryData<Reset>(resetKeys.reset(reset.id), reset);
  client.setQueryData<Resets>(resetKeys.resets(done), { resets: [done] });
  afterOpening(client);
  const isAsked = (key: readonly string[]) => client.getQueryState(key)?.isInvalidated;
  expect(isAsked(resetKeys.resets(done))).toBe(true);
  expect(isAsked(resetKeys.reset(running.id))).toBe(true);
  expect(isAsked(resetKeys.reset(done.id))).toBe(false);
});
