import { describe, expect, it } from "vitest";
import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import { offsetOf } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { common, moved, now, type Sides, stored, tree, typed, within } from "./moved.ts";

describe("the plan of a move", () => {
  it("writes the position unchanged to the blob that all SDKs read, and states what must be there before", async () => {
    const { plan, entry, write } = await moved({});
    expect(plan).toMatchObject({
      group: "billing",
      store: "new",
      mode: "offline",
      target: { kind: "move", from: { group: "billing", store: "old" }, overwrite: [] },
    });
    expect(entry).toMatchObject({
      current: null,
      source: { sequenceNumber: 149, format: "eph", blobName: "hosts/billing/0" },
      target: { sequenceNumber: 149, offset: offsetOf(149) },
      resumesAt: { sequenceNumber: 150 },
      replays: 0,
      skips: 0,
      blockedBy: null,
      repairs: [],
    });
    expect(write).toMatchObject({
      blobName: `${tree}/checkpoint/0`,
      format: "common",
      etag: null,
      source: { blobName: "hosts/billing/0", format: "eph", etag: stored(149).etag, rivals: [] },
    });
  });

  it.each<[string, StoredCheckpoint, Partial<Sides>, object]>([
    [
      "looks an offset up that the old layout lacks",
      stored(149, { offset: null }),
      {},
      { offset: offsetOf(149) },
    ],
    [
      "looks up what a geo-replicated hub refuses",
      stored(149, { offset: "9" }),
      { isGeoDrEnabled: true },
      { offset: offsetOf(149) },
    ],
    ["keeps the start of the stream", stored(99, { offset: "-1" }), {}, { sequenceNumber: 99, offset: "-1" }],
    ["goes to the start where the next event has left", stored(42), {}, { sequenceNumber: 99, offset: "-1" }],
    [
      "goes to the start where just its own event has left",
      stored(99),
      {},
      { sequenceNumber: 99, offset: "-1" },
    ],
    ["stays at the end", stored(199), {}, { sequenceNumber: 199, offset: offsetOf(199) }],
  ])("%s", async (_, from, sides, target) => {
    const { entry } = await moved({ ...sides, from: storedGroup("billing", [from]) });
    expect(entry).toMatchObject({ blockedBy: null, target });
  });

  it.each<[string, StoredGroup | null, string]>([
    ["nothing", null, "noCheckpoint"],
    [
      "a placeholder",
      storedGroup("billing", [stored(0, { offset: null, format: "functions" })]),
      "noPositionYet",
    ],
    ["a position past the end", storedGroup("billing", [stored(200)]), "checkpointPastEnd"],
    [
      "a position of a hub that was re-created",
      storedGroup("billing", [stored(149, { updatedAt: noon - 86_400_000 - 60_001 })]),
      "checkpointOfFormerHub",
    ],
    [
      "what can't be read",
      storedGroup("billing", [stored(149, { sequenceNumber: null, unreadable: "it is broken" })]),
      "checkpointUnusable",
    ],
  ])("does not move %s", async (_, from, code) => {
    const { entry, write } = await moved({ from });
    expect(entry?.blockedBy).toEqual(like("sourceUnknown", { because: expect.objectContaining({ code }) }));
    expect(write).toBeNull();
  });

  it("replaces a target checkpoint only on chosen partitions, and leaves out what is already there", async () => {
    const standing = (at: number) =>
      storedGroup("billing", [
        stored(at, { format: "common", blobName: `${tree}/checkpoint/0`, etag: "there" }),
      ]);
    const blocked = await moved({ to: standing(120) });
    expect(blocked.entry).toMatchObject({
      current: { sequenceNumber: 120 },
      target: { sequenceNumber: 149 },
      blockedBy: like("targetOccupied", { sequenceNumber: 120, blobName: `${tree}/checkpoint/0` }),
    });
    expect(blocked.write).toBeNull();
    const chosen = await moved({ to: standing(120) }, { overwrite: ["0"] });
    expect(chosen.write).toMatchObject({ etag: "there", sequenceNumber: 149 });
    const same = await moved({ to: standing(149) });
    expect([same.plan.entries, same.plan.unchangedPartitions]).toEqual([[], ["0"]]);
  });

  it.each([
    ["lower case", `${typed}/checkpoint/0`, `${tree}/checkpoint/0`],
    ["the typed spelling", `${tree}/checkpoint/0`, `${typed}/checkpoint/0`],
  ])("goes beside a target checkpoint in %s only on chosen partitions", async (_, from, there) => {
    const sides = {
      from: storedGroup("billing", [common(149, from)]),
      to: storedGroup("billing", [common(120, there)]),
    };
    const { entry, write } = await moved(sides);
    expect(entry).toMatchObject({
      current: { sequenceNumber: 120 },
      target: { sequenceNumber: 149 },
      blockedBy: like("targetSpelledOtherwise", { sequenceNumber: 120, blobName: there, newBlobName: from }),
    });
    expect(write).toBeNull();
    const chosen = await moved(sides, { overwrite: ["0"] });
    expect(chosen.write).toMatchObject({ blobName: from, etag: null, rivals: [{ blobName: there }] });
    expect(chosen.entry).toMatchObject({ current: null, blockedBy: null });
    // What stands there in a JSON layout is no such checkpoint.
    const json = storedGroup("billing", [stored(120, { format: "functions", blobName: `${tree}/0` })]);
    expect((await moved({ ...sides, to: json })).entry?.blockedBy).toBeNull();
  });

  it("waits until both sides are stopped", async () => {
    const owned = (at: number) => ownership("0", "worker-1", now - at * 1_000);
    const reading = await moved({ from: storedGroup("billing", [stored(149)], [owned(59)]) });
    expect(reading.entry?.blockedBy).toEqual(
      like("sourceInTheWay", { because: expect.objectContaining({ code: "partitionOwned" }) }),
    );
    const begun = await moved({ to: storedGroup("billing", [], [owned(59)]) });
    expect(begun.entry?.blockedBy).toEqual(like("partitionOwned"));
    const gone = await moved({
      from: storedGroup("billing", [stored(149)], [owned(60)]),
      to: storedGroup("billing", [], [owned(60)]),
    });
    expect(gone.entry?.blockedBy).toBeNull();
    const written = await moved({ from: storedGroup("billing", [stored(149, { updatedAt: now - 59_000 })]) });
    expect(written.entry?.blockedBy).toEqual(
      like("sourceInTheWay", { because: expect.objectContaining({ code: "checkpointJustWritten" }) }),
    );
  });

  it.each(["from", "to"] as const)(
    "moves nothing of a group that runs on one partition: %s",
    async (side) => {
      const owner = ownership("1", "worker-1", now - 1_000);
      const from = storedGroup("billing", [stored(149)], side === "from" ? [owner] : []);
      const to = storedGroup("billing", [], side === "to" ? [owner] : []);
      const { plan, writes } = await moved({ from, to, partitionIds: ["0", "1"] }, { partitions: ["0"] });
      const because = expect.objectContaining({ code: "partitionOwned" });
      expect(plan.entries.map(({ blockedBy }) => blockedBy)).toEqual([
        like("groupRunning", { partitions: 1, because }),
      ]);
      expect(writes).toEqual([]);
    },
  );

  it("goes from an older layout to the lower-cased common one within a store", async () => {
    const [format, blobName] = ["functions", `${tree}/0`] as const;
    const group = storedGroup("billing", [stored(149, { format, blobName })]);
    const { entry, write } = await moved({ ...within, from: group, to: group });
    expect(entry).toMatchObject({ current: null, source: { format, blobName }, blockedBy: null });
    expect(write).toMatchObject({ blobName: `${tree}/checkpoint/0`, rivals: [{ blobName }] });
    expect(entry?.warnings.map(({ code }) => code)).toEqual(["functionsFallback"]);
  });

  it("leaves a spelling alone within a store, unless the common layout alone is asked for", async () => {
    const group = storedGroup("billing", [common(149, `${typed}/checkpoint/0`)]);
    const asRead = await moved({ ...within, from: group, to: group });
    expect([asRead.plan.unchangedPartitions, asRead.write]).toEqual([["0"], null]);
    const asked = await moved({ ...within, from: group, to: group }, { format: "common" });
    expect(asked.write).toMatchObject({
      blobName: `${tree}/checkpoint/0`,
      etag: null,
      rivals: [{ blobName: `${typed}/checkpoint/0` }],
    });
    expect(asked.entry?.warnings).toEqual([
      like("writtenLowerCased", {
        blobName: `${tree}/checkpoint/0`,
        typedBlobName: `${typed}/checkpoint/0`,
      }),
    ]);
  });

  it("says which blob Functions read now and after the move, whether the new one stands there or not", async () => {
    const oldBlobName = `${tree}/0`;
    const newBlobName = `${tree}/checkpoint/0`;
    const json = stored(149, { format: "functions", blobName: oldBlobName });
    const common = stored(120, { format: "common", blobName: newBlobName, etag: "there" });
    for (const [isNewThere, checkpoints] of [
      [false, [json]],
      [true, [json, common]],
    ] as const) {
      const group = storedGroup("billing", [json]);
      group.superseded.push(...checkpoints.slice(1));
      const within = { from: group, to: group, source: { store: "main" }, target: { store: "main" } };
      const { entry } = await moved(within, { format: "functions", overwrite: ["0"] });
      const fallback = { oldBlobName, newBlobName, isNewThere };
      expect(entry).toMatchObject({ blockedBy: null, source: { blobName: oldBlobName } });
      expect(entry?.warnings).toContainEqual(like("functionsFallback", fallback));
    }
  });

  it("says of Functions elsewhere that they read the source until they are configured anew", async () => {
    const json = stored(149, { format: "functions", blobName: `${tree}/0` });
    const common = stored(160, { format: "common", blobName: `${tree}/checkpoint/0` });
    for (const [reads, more, isOld] of [
      [json, [], true],
      [common, [common], false],
    ] as const) {
      const from = storedGroup("billing", [json]);
      from.superseded.push(...more);
      const { entry } = await moved({ from }, { format: "functions" });
      expect(entry?.warnings).toEqual([
        like("functionsElsewhere", {
          blobName: reads.blobName,
          store: "old",
          newBlobName: `${tree}/checkpoint/0`,
          newStore: "new",
          isOld,
        }),
      ]);
    }
  });

  it("uses the requested layout, and refuses a store without the common one", async () => {
    const both = storedGroup("billing", [
      stored(149, { format: "common", blobName: `${tree}/checkpoint/0` }),
    ]);
    both.superseded.push(stored(120, { blobName: "hosts/billing/0" }));
    expect((await moved({ from: both })).entry).toMatchObject({ source: { sequenceNumber: 149 } });
    const asked = await moved({ from: both }, { format: "eph" });
    expect(asked.entry).toMatchObject({
      source: { sequenceNumber: 120, format: "eph" },
      resumesAt: { sequenceNumber: 121 },
    });
    await expect(moved({ target: { commonPrefix: null } })).rejects.toMatchObject({
      code: "invalidRequest",
    });
  });
});
