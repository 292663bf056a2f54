import { expect, it } from "vitest";
import { ClientError } from "#lib/client/http/client-error.ts";
import { createPageClient, signInPath } from "#lib/client/http/session.ts";

const ask = (client: ReturnType<typeof createPageClient>["client"], answer: () => unknown) =>
  client
    .fetchQuery({ queryKey: ["x"], retry: false, staleTime: 0, queryFn: async () => answer() })
    .catch(() => null);

const fail = (code: string) => () => {
  throw new ClientError(code, "No.");
};

it("learns from any answer if the session holds, and from no other failure", async () => {
  const { client, isOver } = createPageClient();
  await ask(client, () => 1);
  expect(isOver.get()).toBe(false);
  await ask(client, fail("unreachable"));
  expect(isOver.get()).toBe(false);
  await ask(client, fail("unauthenticated"));
  expect(isOver.get()).toBe(true);
  await ask(client, fail("unreachable"));
  expect(isOver.get()).toBe(true);
  await ask(client, () => 2);
  expect(isOver.get()).toBe(false);
  client.clear();
});

it("returns to the whole address", () => {
  expect(signInPath("/event-hubs/orders?tab=lag&q=a b")).toBe(
    "/sign-in?return=%2Fevent-hubs%2Forders%3Ftab%3Dlag%26q%3Da+b",
  );
});
