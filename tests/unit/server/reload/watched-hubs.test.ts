import { expect, it, vi } from "vitest";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import { WatchedHubs } from "#lib/server/hubs/watched-hubs.ts";
import { load, store } from "../loading.ts";

const hub = (id: string, more: object = {}) => ({
  id,
  eventHubName: id,
  connectionString: `Endpoint=sb://${id}.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=a2V5`,
  checkpointStores: [store],
  ...more,
});
const config = (...eventHubs: object[]) => load({ eventHubs });

function watched(...hubs: object[]) {
  const shown = { hubs: [] as readonly MonitoredHub[], continues: (_: string): boolean => false };
  const all = new WatchedHubs(config(...hubs));
  const monitor = {
    replaceHubs: vi.fn(async (next: readonly MonitoredHub[], continues: (id: string) => boolean) => {
      Object.assign(shown, { hubs: next, continues });
    }),
  };
  all.start(monitor as unknown as Monitor);
  const change = (busy: string[], ...next: object[]) => all.change(config(...next), new Set(busy), () => {});
  return { all, shown, change };
}

it("keeps unchanged hubs, and recreates changed ones", async () => {
  const { all, shown, change } = watched(hub("a"), hub("b"));
  const [a] = all.initial;
  const changes = await change([], hub("a"), hub("b", { consumerGroups: ["g"] }), hub("c"));
  expect(changes).toEqual({ added: ["c"], removed: [], changed: ["b"], held: [] });
  expect(shown.hubs.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(shown.hubs[0]).toBe(a);
  expect(["a", "b", "c"].map(shown.continues)).toEqual([true, true, false]);
});

it("notices a changed secret without printing it", async () => {
  const { change } = watched(hub("a"));
  const other = hub("a").connectionString.replace("a2V5", "a2V6");
  expect((await change([], hub("a", { connectionString: other }))).changed).toEqual(["a"]);
});

it("discards the figures when a store's id stands for another place", async () => {
  const { shown, change } = watched(hub("a"));
  await change([], hub("a", { checkpointStores: [{ ...store, id: "checkpoints", container: "elsewhere" }] }));
  expect(shown.continues("a")).toBe(false);
});

it("leaves a hub with a running reset as it is until that has ended", async () => {
  const { all, shown, change } = watched(hub("a"), hub("b"));
  const [a, b] = all.initial;
  const next = [hub("b", { allowedLag: 5 })];
  expect(await change(["a", "b"], ...next)).toEqual({
    added: [],
    removed: [],
    changed: [],
    held: ["a", "b"],
  });
  expect(shown.hubs).toEqual([b, a]);
  expect(await change(["b"], ...next)).toEqual({ added: [], removed: ["a"], changed: [], held: ["b"] });
  expect(await change([], ...next)).toEqual({ added: [], removed: [], changed: ["b"], held: [] });
  expect(all.configs().map(({ allowedLag }) => allowedLag)).toEqual([5]);
});

it("announces a change before anything of it can be asked for", async () => {
  const all = new WatchedHubs(config(hub("a")));
  const taken = vi.fn();
  const changing = all.change(config(hub("b")), new Set(), taken);
  expect(taken).toHaveBeenCalledWith({ added: ["b"], removed: ["a"], changed: [], held: [] });
  await changing;
});
