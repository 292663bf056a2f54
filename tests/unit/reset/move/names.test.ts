import { describe, expect, it } from "vitest";
import { like } from "#tests/support/fixtures/reasons.ts";
import { noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { common, moved, type Sides, tree, typed } from "./moved.ts";

describe("the spelling of a move's target", () => {
  const writtenAsTyped = (blobName: string, lowerCasedBlobName: string) =>
    like("writtenAsTyped", { blobName, lowerCasedBlobName });
  const writtenLowerCased = (blobName: string, typedBlobName: string) =>
    like("writtenLowerCased", { blobName, typedBlobName });
  const successor = { group: "Successor" };
  const returns = { group: "Returns", hub: "returns", eventHubName: "Returns" };
  const lowerConfigured = {
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    eventHubName: "orders",
    group: "billing",
  };
  const groupAt = (blobName: string) => storedGroup("billing", [common(149, blobName)]);

  it.each<[string, Sides, string, object[]]>([
    [
      "keeps what the processors typed",
      { from: groupAt(`${typed}/checkpoint/0`) },
      typed,
      [writtenAsTyped(`${typed}/checkpoint/0`, `${tree}/checkpoint/0`)],
    ],
    [
      "keeps lower case, whatever is configured",
      { from: groupAt(`${tree}/checkpoint/0`), target: { group: "Billing" } },
      tree,
      [],
    ],
    [
      "keeps the name by which the processors know the namespace",
      { from: groupAt("alias.servicebus.windows.net/orders/billing/checkpoint/0") },
      "alias.servicebus.windows.net/orders/billing",
      [],
    ],
    [
      "keeps that name for another group of the hub, too",
      {
        from: groupAt("alias.servicebus.windows.net/orders/billing/checkpoint/0"),
        target: { group: "successor" },
      },
      "alias.servicebus.windows.net/orders/successor",
      [],
    ],
    [
      "takes the configured name of another hub's namespace",
      {
        from: groupAt("alias.servicebus.windows.net/orders/billing/checkpoint/0"),
        target: { ...returns, group: "returns", eventHubName: "returns" },
      },
      "contoso.servicebus.windows.net/returns/returns",
      [
        writtenLowerCased(
          "contoso.servicebus.windows.net/returns/returns/checkpoint/0",
          "Contoso.servicebus.windows.net/returns/returns/checkpoint/0",
        ),
      ],
    ],
    [
      "keeps the typed hub, and takes another group as it was typed",
      { from: groupAt(`${typed}/checkpoint/0`), target: successor },
      "Contoso.servicebus.windows.net/Orders/Successor",
      [
        writtenAsTyped(
          "Contoso.servicebus.windows.net/Orders/Successor/checkpoint/0",
          "contoso.servicebus.windows.net/orders/successor/checkpoint/0",
        ),
      ],
    ],
    [
      "warns where another group is typed",
      { from: groupAt(`${tree}/checkpoint/0`), target: successor },
      "contoso.servicebus.windows.net/orders/successor",
      [
        writtenLowerCased(
          "contoso.servicebus.windows.net/orders/successor/checkpoint/0",
          "contoso.servicebus.windows.net/orders/Successor/checkpoint/0",
        ),
      ],
    ],
    [
      "warns where an older layout goes to configured names that are not lower case",
      {},
      tree,
      [
        writtenLowerCased(
          `${tree}/checkpoint/0`,
          "Contoso.servicebus.windows.net/Orders/billing/checkpoint/0",
        ),
      ],
    ],
    ["has nothing to warn of in lower case", { target: lowerConfigured }, tree, []],
    [
      "goes to the tree that the group's processors made at the target",
      { to: storedGroup("billing", [], [{ ...ownership("0", "", noon), blobName: `${typed}/ownership/0` }]) },
      typed,
      [writtenAsTyped(`${typed}/checkpoint/0`, `${tree}/checkpoint/0`)],
    ],
    [
      "does not take a spelling from one hub to another unless it was typed",
      { from: groupAt(`${tree}/checkpoint/0`), target: returns },
      "contoso.servicebus.windows.net/returns/returns",
      [
        writtenLowerCased(
          "contoso.servicebus.windows.net/returns/returns/checkpoint/0",
          "Contoso.servicebus.windows.net/Returns/Returns/checkpoint/0",
        ),
      ],
    ],
  ])("%s", async (_, sides, folder, warnings) => {
    const { entry, write } = await moved(sides);
    expect(write?.blobName).toBe(`${folder}/checkpoint/0`);
    const ofNames = /^written(AsTyped|LowerCased)$/;
    expect(entry?.warnings.filter(({ code }) => ofNames.test(code))).toEqual(warnings);
  });

  it("keeps the prefixes of both stores apart", async () => {
    const { write } = await moved({
      from: groupAt(`old/${typed}/checkpoint/0`),
      source: { commonPrefix: "old/" },
      target: { commonPrefix: "new/" },
    });
    expect(write?.blobName).toBe(`new/${typed}/checkpoint/0`);
  });
});

describe("the names that a plan tells", () => {
  const at = (partitionId: string, folder: string) => ({
    ...common(149, `${folder}/checkpoint/${partitionId}`),
    partitionId,
  });
  const told = async (folders: string[], sides: Sides = {}) => {
    const from = storedGroup(
      "billing",
      folders.map((folder, i) => at(String(i), folder)),
    );
    const partitionIds = folders.map((_, i) => String(i));
    const { plan, writes } = await moved({ from, partitionIds, ...sides });
    expect(writes.map(({ blobName }) => blobName)).toEqual(
      plan.entries.map(({ targetBlobName }) => targetBlobName),
    );
    return plan;
  };

  it("say of each partition which blob is written, and once what processors look for", async () => {
    const lower = await told([tree, tree]);
    const metadata = like("targetMetadata");
    expect(lower.notes).toEqual([
      like("targetNames", { trees: [`${tree}/checkpoint/`], isLowerCased: true }),
      metadata,
    ]);
    const asTyped = await told([typed]);
    expect(asTyped.notes).toEqual([
      like("targetNames", { trees: [`${typed}/checkpoint/`], isLowerCased: false }),
      metadata,
    ]);
    const mixed = await told([typed, tree, typed]);
    const trees = [`${typed}/checkpoint/`, `${tree}/checkpoint/`];
    expect(mixed.notes).toEqual([like("targetNames", { trees, isLowerCased: null }), metadata]);
    expect(mixed.entries.map(({ targetBlobName }) => targetBlobName)).toEqual([
      `${typed}/checkpoint/0`,
      `${tree}/checkpoint/1`,
      `${typed}/checkpoint/2`,
    ]);
  });

  it("are told where a partition is blocked, and not where there is nothing to move", async () => {
    const owned = ownership("0", "worker-1", noon + 3_599_000);
    const from = storedGroup("billing", [at("0", tree)], [owned]);
    const { plan } = await moved({ from, partitionIds: ["0", "1"] });
    expect(plan.entries.map(({ blockedBy }) => blockedBy !== null)).toEqual([true, true]);
    expect(plan.entries.map(({ targetBlobName }) => targetBlobName)).toEqual([
      `${tree}/checkpoint/0`,
      undefined,
    ]);
    expect((await moved({ from: null })).plan.notes).toEqual([]);
  });
});
