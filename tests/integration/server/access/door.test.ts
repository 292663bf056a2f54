import { expect, it, onTestFinished } from "vitest";
import { createDoor } from "#lib/server/access/door.ts";
import { narrowRuntime } from "#lib/server/access/narrow/narrow-runtime.ts";
import { accessSchema } from "#lib/server/config/access-config.ts";
import { readAccess } from "#lib/server/config/access-settings.ts";
import { listen } from "#lib/server/http/server.ts";
import { behindProxy, makeAccounts, viaProxy } from "#tests/support/fixtures/accounts.ts";
import { wholeRuntime } from "#tests/support/worlds/whole-runtime.ts";

const { entries, headers } = makeAccounts({ viewer: { role: "viewer" } });

async function startDoor(env: Record<string, string>): Promise<string> {
  const access = readAccess(env, accessSchema.parse({ tokens: entries }), null, (fault) => {
    throw new Error(fault);
  });
  const door = createDoor(access, async () => {});
  const { server, url } = await listen(
    { hostname: "127.0.0.1", port: 0, publicUrl: null, allowedHosts: [] },
    async (request, response) => {
      const context = await door.receive(request, response);
      if (context === null) return;
      response.end(JSON.stringify(narrowRuntime(wholeRuntime(), context.caller).readiness()));
    },
  );
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return url;
}

it.each([
  ["somebody who has not signed in", behindProxy, {}],
  ["a signed-in viewer", behindProxy, viaProxy("sam")],
  ["anybody where nobody signs in", {}, {}],
])("serves %s the icons that exist, and renders nothing for others", async (_, env, who) => {
  const url = await startDoor(env);
  const status = async (path: string) =>
    (await fetch(url + path, { headers: who, redirect: "manual" })).status;
  for (const path of ["/icons/ok.svg", "/icons/stop.svg", "/favicon.ico"])
    expect(await status(path)).toBe(200);
  for (const path of ["/icons/", "/icons/none.svg", "/icons/ok.svg/x", "/icons/OK.svg"]) {
    const response = await fetch(url + path, { headers: who });
    expect(response.status, path).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "notFound" } });
  }
});

it("tells a probe without proof how many hubs are pending, and names them to those who may see them", async () => {
  const url = await startDoor(behindProxy);
  const asked = async (who: Record<string, string>) =>
    (await fetch(`${url}/readyz`, { headers: who })).json();
  expect(await asked({})).toEqual({ ready: false, waiting: 2, waitingFor: [] });
  const known = { ready: false, waiting: 2, waitingFor: ["orders", "hidden-hub"] };
  expect(await asked({ ...headers.viewer })).toEqual(known);
});
