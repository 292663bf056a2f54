import { describe, expect, it } from "vitest";
import { failureKeys } from "#lib/client/lag/failure-keys.ts";
import { unreadSources } from "#lib/client/lag/first-reading.ts";
import { groupStaleSources, staleSources } from "#lib/client/lag/stale-sources.ts";
import { byKind, destinations, findDestinations } from "#lib/client/url/destinations.ts";
import { actionsHere, groupActions, groupTabPlaces, pageActions } from "#lib/client/url/palette-actions.ts";
import { ago, fixtureGroup, fixtureHub } from "#tests/support/worlds/fixture-world.ts";
import { fixtureWorld } from "#tests/support/worlds/fixture-worlds.ts";

const error = { code: "azureTimeout" as const, message: "Event hub orders did not answer within 10 s." };
const storeError = { code: "azureUnauthorized" as const, message: "Container main refused this identity." };

describe("stale sources", () => {
  it("are empty when everything was read", () => expect(staleSources([fixtureHub()])).toEqual([]));

  it("name a failing hub with age and message", () => {
    expect(staleSources([fixtureHub({ stale: true, error, observedAt: ago(90) })])).toEqual([
      { key: expect.any(String), name: "orders", observedAt: ago(90), message: error.message, others: 0 },
    ]);
  });

  it("name a failing store once, without its hub", () => {
    const checkpointStores = [{ id: "main", observedAt: ago(60), error: storeError }];
    expect(
      staleSources([fixtureHub({ stale: true, error: storeError, errorStore: "main", checkpointStores })]),
    ).toEqual([
      {
        key: expect.any(String),
        name: "Store main of orders",
        observedAt: ago(60),
        message: storeError.message,
        others: 0,
      },
    ]);
  });

  it("name both when both fail", () => {
    const checkpointStores = [{ id: "main", observedAt: ago(60), error: storeError }];
    const names = staleSources([fixtureHub({ stale: true, error, checkpointStores })]).map((s) => s.name);
    expect(names).toEqual(["orders", "Store main of orders"]);
  });

  it("are told once for one cause, with all that it hit and the oldest figures", () => {
    const refused = (container: string) => ({
      code: "azureUnreachable" as const,
      message: `Listing the container "${container}" failed: the account could not be reached.`,
    });
    const hub = (id: string, seconds: number) => {
      const fault = refused(`of-${id}`);
      const checkpointStores = [{ id: "main", observedAt: ago(seconds), error: fault }];
      return fixtureHub({ id, stale: true, error: fault, errorStore: "main", checkpointStores });
    };
    expect(staleSources([hub("orders", 20), hub("payments", 30), hub("returns", 25)])).toEqual([
      {
        // The line's own while more join it.
        key: staleSources([hub("orders", 20)])[0]?.key,
        name: "Store main of orders, payments and returns",
        observedAt: ago(30),
        message: `The first: ${refused("of-orders").message}`,
        others: 2,
      },
    ]);
    const many = Array.from({ length: 9 }, (_, index) => hub(`h${index}`, 20));
    expect(staleSources(many)[0]?.name).toBe("Store main of h0, h1, h2, h3, h4 and 4 more");
  });

  it("are told apart by their cause, and by whether there are figures", () => {
    const failed = (id: string, message: string, observedAt: string | null = ago(20)) =>
      fixtureHub({ id, eventHubName: id, stale: true, error: { code: "azureFailed", message }, observedAt });
    const unreachable = (id: string) => `Reading event hub ${id} in here failed: ENOTFOUND.`;
    const names = staleSources([
      failed("orders", unreachable("orders")),
      failed("payments", unreachable("payments")),
      failed("returns", "Reading event hub returns in here failed: ETIMEDOUT."),
      failed("new", unreachable("new"), null),
    ]).map(({ name }) => name);
    expect(names).toEqual(["orders and payments", "returns", "new"]);
  });

  it.each([
    ["nothing", fixtureHub(), false],
    ["the hub", fixtureHub({ error }), true],
    ["its last refresh", fixtureHub({ stale: true }), true],
    [
      "a store",
      fixtureHub({ checkpointStores: [{ id: "main", observedAt: null, error: storeError }] }),
      true,
    ],
  ])("are there when %s fails, which is known without their words", (_what, hub, fails) => {
    expect(failureKeys(hub)).toHaveLength(Number(fails));
    expect(staleSources([hub]).map(({ key }) => key)).toEqual(failureKeys(hub));
  });

  it("report a failed refresh of a group without a reason", () => {
    expect(groupStaleSources(fixtureGroup({ stale: true }), { id: "orders" })[0]?.message).toBe(
      "The last refresh of orders failed.",
    );
    expect(groupStaleSources(fixtureGroup(), { id: "orders" })).toEqual([]);
  });
});

describe("sources without a first reading", () => {
  const store = (id: string, fault: typeof storeError | null, observedAt: string | null = null) => ({
    id,
    observedAt,
    error: fault,
  });

  it("are none once hub and stores were read, even if a later reading failed", () => {
    expect(unreadSources([fixtureHub({ checkpointStores: [store("main", storeError, ago(60))] })])).toEqual(
      [],
    );
  });

  it("name a store that never answered, beside a hub that did", () => {
    const checkpointStores = [store("main", storeError), store("other", null, ago(5))];
    const hub = fixtureHub({ stale: true, error: storeError, errorStore: "main", checkpointStores });
    expect(unreadSources([hub])).toEqual([{ hub: "orders", store: "main", error: storeError }]);
  });

  it("name a store that is being read for the first time", () => {
    expect(unreadSources([fixtureHub({ checkpointStores: [store("main", null)] })])).toEqual([
      { hub: "orders", store: "main", error: null },
    ]);
  });

  it("name an unread hub with its own failure, else its failing stores", () => {
    const checkpointStores = [store("main", storeError)];
    expect(unreadSources([fixtureHub({ observedAt: null, error, checkpointStores })])).toEqual([
      { hub: "orders", store: null, error },
    ]);
    const only = fixtureHub({ observedAt: null, error: storeError, errorStore: "main", checkpointStores });
    expect(unreadSources([only])).toEqual([{ hub: "orders", store: "main", error: storeError }]);
    expect(
      unreadSources([fixtureHub({ observedAt: null, checkpointStores: [store("main", null)] })]),
    ).toEqual([{ hub: "orders", store: null, error: null }]);
  });
});

describe("destinations", () => {
  const all = destinations(fixtureWorld());

  it("are every group, each hub with partitions and diagnosis, and texts for programs, each once", () => {
    expect(new Set(all.map((d) => d.href)).size).toBe(all.length);
    expect(all).toHaveLength(3 + 9 + 3 * 3 + 3);
  });

  it("are found by any word, with names that begin so first", () => {
    expect(findDestinations(all, "tele").map((d) => d.name)[0]).toBe("telemetry");
    expect(findDestinations(all, "fraud telemetry").map((d) => d.name)).toEqual(["fraud-check"]);
    expect(findDestinations(all, "nowhere")).toEqual([]);
  });

  it("stand under one heading a kind, with the best match still first", () => {
    const kinds = (query: string) => byKind(findDestinations(all, query)).map(({ kind }) => kind);
    expect(kinds("")).toEqual(["page", "group", "hub", "file"]);
    expect(kinds("tele")).toEqual(["hub", "group"]);
    const found = findDestinations(all, "tele");
    const shown = byKind(found).flatMap(({ items }) => items);
    expect(shown[0]).toBe(found[0]);
    expect(shown).toHaveLength(found.length);
  });
});

describe("tabs of groups", () => {
  const world = fixtureWorld();
  const all = [...destinations(world), ...groupActions(world), ...groupTabPlaces(world)];
  const first = (query: string) => findDestinations(all, query)[0];

  it.each([
    ["owners of fraud", "Owners of fraud-check", "owners"],
    ["fraud-check owners", "Owners of fraud-check", "owners"],
    ["fraud history", "Lag history of fraud-check", "lag"],
    ["activity fraud", "Activity of fraud-check", "activity"],
  ])("are found by their name and the group's in any order: %s", (query, name, tab) => {
    expect(first(query)).toMatchObject({ name, href: expect.stringMatching(`[?&]tab=${tab}$`) });
  });

  it("stand each once, after the group itself and what is done to it", () => {
    const places = groupTabPlaces(world);
    expect(new Set(places.map(({ href }) => href)).size).toBe(3 * 9);
    expect(first("fraud")?.name).toBe("fraud-check");
    expect(findDestinations(all, "fraud").at(-1)?.name).toBe("Activity of fraud-check");
  });
});

describe("actions", () => {
  const all = [...pageActions(false), ...groupActions(fixtureWorld())];

  it("are everybody's, each hub's move of groups, each group's reset, move, clean-up and export, the one stalled event, and the incidents, each once", () => {
    expect(all).toHaveLength(7 + 3 + 4 * 9 + 1 + 1);
    expect(new Set(all.map((item) => ("deed" in item ? item.id : item.href))).size).toBe(all.length);
  });

  it("are found by what they do and to whom", () => {
    expect(findDestinations(all, "reset fraud").map(({ name }) => name)).toEqual([
      "Reset checkpoints of fraud-check",
    ]);
    expect(findDestinations(all, "dark").map(({ name }) => name)).toEqual(["Dark theme"]);
  });

  it("skip the stalled event of a group that has one, also where another partition is worse", () => {
    const world = fixtureWorld();
    const stalled = world.eventHubs.map((hub) => ({
      ...hub,
      consumerGroups: hub.consumerGroups.map((group) => ({
        ...group,
        status: group.name === "fraud-check" ? ("stop" as const) : ("ok" as const),
        stalledPartitions: group.name === "fraud-check" ? 1 : 0,
      })),
    }));
    const found = findDestinations(groupActions({ ...world, eventHubs: stalled }), "skip");
    expect(found.map(({ name }) => name)).toEqual(["Skip the stalled event of fraud-check…"]);
  });

  it("put what begins with the first word before what only has it", () => {
    const offered = [{ id: "a", name: "Undo the last reset of fraud-check…", what: "action", run: () => {} }];
    const found = findDestinations([...actionsHere(offered), ...all], "reset fraud");
    expect(found.map(({ name }) => name)).toEqual([
      "Reset checkpoints of fraud-check",
      "Undo the last reset of fraud-check…",
    ]);
  });

  it("stand before the help on the same word", () => {
    const help = { kind: "help" as const, name: "Silence a deployment", what: "help: Alerts" };
    expect(findDestinations([help, ...all], "silence").map(({ name }) => name)).toEqual([
      "Acknowledge or silence an incident…",
      "Silence a deployment",
    ]);
  });

  it("of the page stand once, also where two controls offer the same", () => {
    const one = { id: "a", name: "Skip event 1 of partition 0…", what: "action", run: () => {} };
    expect(actionsHere([one, { ...one, id: "b" }])).toHaveLength(1);
  });

  it("resume when paused", () => {
    expect(pageActions(true)[0]).toMatchObject({ id: "resume", deed: { kind: "resume" } });
  });
});
