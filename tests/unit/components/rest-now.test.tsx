import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { useRestNow } from "#components/resets/result/use-rest-now.ts";
import type { Reset, Resets } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";

const halfDone = fixtureReset([fixtureResetEntry({ partitionId: "1", result: "failed" })], {
  id: "r1",
  startedAt: ago(300),
});
const later = (more: Partial<Reset>) =>
  fixtureReset([fixtureResetEntry({ partitionId: "1" })], { id: "r2", startedAt: ago(100), ...more });

function Shown() {
  const { rest, by, isKnown } = useRestNow(halfDone);
  return [
    rest === null ? "over" : "left",
    by?.id ?? "nobody",
    by?.state,
    isKnown ? "known" : "unknown",
  ].join();
}

it("the rest of a reset stays known when the later one that took it up ends, and when another begins", () => {
  const client = new QueryClient();
  const shown = () =>
    renderToStaticMarkup(
      <QueryClientProvider client={client}>
        <Shown />
      </QueryClientProvider>,
    );
  client.setQueryData<Resets>(resetKeys.resets(halfDone), { resets: [halfDone] });
  expect(shown()).toBe("left,nobody,,known");
  takeReset(client, later({ state: "running", endedAt: null }));
  expect(shown()).toBe("over,r2,running,known");
  takeReset(client, later({}));
  expect(shown()).toBe("over,r2,done,known");
  const unread = later({ id: "r3", startedAt: ago(50) });
  client.setQueryData<Resets>(resetKeys.resets(halfDone), { resets: [unread, later({}), halfDone] });
  expect(shown()).toBe("over,r2,done,unknown");
});
