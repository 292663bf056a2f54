import { describe, expect, it } from "vitest";
import type { Grant, Role } from "#lib/core/access.ts";
import type { AppError } from "#lib/core/app-error.ts";
import { narrowRuntime } from "#lib/server/access/narrow/narrow-runtime.ts";
import { noSuchGroup, noSuchHub } from "#lib/server/queries.ts";
import type { StreamNews } from "#lib/server/stream.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroupDetail } from "#tests/support/worlds/fixture-world.ts";
import { orders, reset, wholeRuntime } from "#tests/support/worlds/whole-runtime.ts";

const caller = (grants: readonly Grant[]) =>
  ({ name: "admin-1", key: "admin-1", role: "viewer", kind: "person", until: null, grants }) as const;
const grant = (role: Role, hubs: string[], groups = ["*"]): Grant => ({ role, hubs, groups });
const someGroups = narrowRuntime(wholeRuntime(), caller([grant("viewer", ["ord*"], ["BILL*"])]));
const address = (group: string) => ({ hub: "orders", group, store: undefined });
const { signal } = new AbortController();
const event = { partitionId: "0", sequenceNumber: 5 };
const me = { name: "admin-1", key: "admin-1", role: "viewer" } as const;

const missing = expect.objectContaining({ code: "notFound" });
const forbidden = expect.objectContaining({ code: "forbidden" });

describe("the dashboard of somebody who sees some groups", () => {
  it("names nothing else in any answer", async () => {
    const answers = [
      someGroups.overview(),
      someGroups.eventHubs(),
      someGroups.eventHub("orders"),
      await someGroups.activity({}),
      someGroups.readiness(),
      await someGroups.resets.reset("seen"),
      await someGroups.alerts.incidents({}),
    ];
    expect(JSON.stringify(answers)).not.toContain("hidden");
    expect(JSON.stringify(answers)).not.toContain("vault");
    expect(someGroups.overview().trends).toHaveLength(1);
    expect(someGroups.eventHub("orders")).toMatchObject({
      totalLag: 5,
      status: "ok",
      stale: false,
      error: null,
      consumerGroups: [{ name: "Billing" }],
    });
  });

  it("refuses what is out of sight with the words for what does not exist", async () => {
    const refused = [
      () => someGroups.eventHub("hidden-hub"),
      () => someGroups.consumerGroup("hidden-hub", "billing"),
      () => someGroups.diagnosis("hidden-hub"),
      () => someGroups.subscribe({ hub: "hidden-hub" }, () => {}),
    ];
    for (const ask of refused) expect(ask).toThrow(noSuchHub("hidden-hub"));
    expect(() => someGroups.consumerGroup("orders", "hidden")).toThrow(
      noSuchGroup("orders", "hidden", undefined),
    );
    expect(() => someGroups.trend("orders", "hidden", "vault")).toThrow(
      noSuchGroup("orders", "hidden", "vault"),
    );
    expect(() => someGroups.scaling("orders", "hidden", {})).toThrow(missing);
    await expect(someGroups.history("orders", "hidden", {})).rejects.toThrow(missing);
    await expect(someGroups.readEvent(address("hidden"), event, signal)).rejects.toThrow(missing);
    await expect(someGroups.owners("orders", "hidden", {})).rejects.toThrow(missing);
    await expect(someGroups.resets.resets(address("hidden"), 1)).rejects.toThrow(missing);
    const [unseen, unknown] = await Promise.all(
      ["other", "none"].map((id) => someGroups.resets.reset(id).catch((error: AppError) => error)),
    );
    expect(unseen).toMatchObject({ code: "notFound", message: 'There is no reset "other".' });
    expect(unknown).toMatchObject({ code: "notFound", message: 'There is no reset "none".' });
  });

  it("shows no alert rules, since they are about every hub", async () => {
    await expect(someGroups.alerts.alerts()).rejects.toThrow(forbidden);
    await expect(someGroups.alerts.test("c")).rejects.toThrow(forbidden);
  });

  it("acknowledges and silences within the role's reach, and nothing by pattern", async () => {
    const { alerts } = narrowRuntime(wholeRuntime(), caller([grant("operator", ["orders"], ["billing"])]));
    expect(await alerts.acknowledge(1, null, me)).toMatchObject({ group: "billing" });
    await expect(alerts.acknowledge(2, null, me)).rejects.toThrow(missing);
    expect((await alerts.silences()).silences.map(({ group }) => group)).toEqual(["billing"]);
    const silence = (hub: string, group: string) =>
      alerts.silence({ hub, group, rule: "*", seconds: 60, note: "a deployment" }, me);
    expect(await silence("orders", "Billing")).toMatchObject({ group: "Billing" });
    await expect(silence("orders", "hidden")).rejects.toThrow(missing);
    for (const [hub, group] of [
      ["orders", "*"],
      ["orders", "bill*"],
      ["*", "billing"],
    ] as const) {
      await expect(silence(hub, group)).rejects.toMatchObject({ code: "forbidden" });
    }
    await alerts.endSilence(1, me);
    await expect(alerts.endSilence(2, me)).rejects.toMatchObject({ code: "notFound" });
  });

  it("shows no metrics, since they name all hubs", async () => {
    await expect(someGroups.metrics()).rejects.toThrow(forbidden);
    const everywhere = narrowRuntime(wholeRuntime(), caller([grant("viewer", ["*"])]));
    await expect(everywhere.metrics()).rejects.toThrow("reached");
  });

  it("shows no diagnosis, since it names all groups", () => {
    expect(() => someGroups.diagnosis("orders")).toThrow(forbidden);
  });

  it("hears of nothing else in the stream", () => {
    const tell: { event?: (news: StreamNews) => void } = {};
    const heard: unknown[] = [];
    const { consumerGroups, ...eventHub } = orders;
    narrowRuntime(wholeRuntime(tell), caller([grant("viewer", ["orders"], ["billing"])])).subscribe(
      {},
      ({ event, data }) => heard.push([event, data()]),
    );
    const snapshot = { hub: "orders", observedAt: null, eventHub, consumerGroups };
    const partitions = fixtureGroupDetail().partitions;
    const snapshots = [
      { ...snapshot, group: "hidden", store: "vault", partitions },
      { ...snapshot, hub: "hidden-hub" },
    ];
    const resets = [reset({ group: "hidden" }), reset({ target: { kind: "group", name: "hidden" } })];
    for (const one of snapshots)
      tell.event?.({ event: "snapshot", key: one.hub, data: () => one, source: one });
    for (const one of resets) tell.event?.({ event: "reset", key: one.id, data: () => one });
    expect(heard).toEqual([
      ["snapshot", expect.objectContaining({ hub: "orders" })],
      ["reset", expect.anything()],
    ]);
    expect(JSON.stringify(heard)).not.toContain("hidden");
  });
});

describe("a role at a place", () => {
  const runtime = narrowRuntime(
    wholeRuntime(),
    caller([grant("viewer", ["*"]), grant("operator", ["orders"], ["billing"])]),
  );
  const preview = {
    partitions: "all",
    target: { kind: "latest" },
    mode: "offline",
    handlerSeconds: 30,
  } as const;

  it("acts there and nowhere else", async () => {
    await expect(runtime.resets.preview(address("BILLING"), preview, me)).rejects.toThrow("reached");
    await expect(runtime.resets.preview(address("hidden"), preview, me)).rejects.toThrow(forbidden);
    await expect(
      runtime.resets.apply(address("billing"), { planId: "p", confirm: "billing" }, me),
    ).rejects.toThrow(forbidden);
    await expect(runtime.resets.undo("seen", me)).rejects.toThrow("reached");
    await expect(runtime.readEvent(address("billing"), event, signal)).rejects.toThrow("reached");
    await expect(runtime.readEvent(address("hidden"), event, signal)).rejects.toThrow(forbidden);
    await expect(runtime.resets.undo("other", me)).rejects.toThrow(forbidden);
  });

  it("aims at no group that it can't see", async () => {
    const operator = narrowRuntime(wholeRuntime(), caller([grant("operator", ["orders"], ["billing"])]));
    const request = { ...preview, target: { kind: "group", name: "hidden" } } as const;
    await expect(operator.resets.preview(address("billing"), request, me)).rejects.toThrow(
      /has no consumer group "hidden"/,
    );
  });

  it("sees a hub's diagnosis without the names of other hubs", () => {
    const one = narrowRuntime(wholeRuntime(), caller([grant("viewer", ["orders"])]));
    const [prefix, clock] = one.diagnosis("orders").checks;
    expect(prefix).toMatchObject({ items: [], detail: like("hiddenFromRole") });
    expect(clock?.items).toEqual(["hidden-hub"]);
    expect(runtime.diagnosis("orders").checks[0]?.items).toEqual(["hidden-hub"]);
  });
});

it("shows nothing to whoever has not signed in", async () => {
  const empty = narrowRuntime(wholeRuntime(), null);
  expect(empty.overview()).toMatchObject({ eventHubs: [], trends: [] });
  expect(empty.readiness()).toEqual({ ready: false, waiting: 2, waitingFor: [] });
  expect(await empty.activity({})).toEqual({ entries: [] });
  expect(() => empty.eventHub("orders")).toThrow(noSuchHub("orders"));
});
