import { expect, it } from "vitest";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

const reading = hubReading([properties("0"), properties("1")]);
const minutesAgo = (minutes: number) => noon - minutes * 60_000;

async function notes(stores: Record<string, { name?: string; owners: StoredOwnership[] }>) {
  const sources = Object.entries(stores).map(([id, { name = "billing", owners }]) => [
    id,
    async () => storeReading([storedGroup(name, [checkpoint("0", 89), checkpoint("1", 89)], owners)]),
  ]);
  const { groups } = await refresher(monitoredHub(async () => reading, Object.fromEntries(sources)))();
  return groups.map(({ group }) => group.notes.filter(({ code }) => code === "severalStores"));
}

it("adds a note to a group with owners in two stores, in each of them", async () => {
  const [main = [], other = []] = await notes({
    main: { owners: [ownership("0", "a"), ownership("1", "b")] },
    functions: { name: "Billing", owners: [ownership("1", "c")] },
  });
  expect(main).toMatchObject([
    { partitionIds: ["1"], params: { owners: 2, others: [{ store: "functions", owners: 1 }] } },
  ]);
  expect(other).toMatchObject([
    { partitionIds: ["1"], params: { owners: 1, others: [{ store: "main", owners: 2 }] } },
  ]);
});

it.each<[string, Parameters<typeof notes>[0]]>([
  ["owned in one store alone", { main: { owners: [ownership("0", "a")] }, old: { owners: [] } }],
  [
    "left in the other store",
    { main: { owners: [ownership("0", "a")] }, old: { owners: [ownership("0", "b", minutesAgo(10))] } },
  ],
  ["released there", { main: { owners: [ownership("0", "a")] }, old: { owners: [ownership("0", "")] } }],
  [
    "of another name there",
    { main: { owners: [ownership("0", "a")] }, old: { name: "mail", owners: [ownership("0", "b")] } },
  ],
  [
    "seen through two stores that lead to the same blobs",
    { main: { owners: [ownership("0", "a")] }, account: { owners: [ownership("0", "a")] } },
  ],
])("adds no note to a group %s", async (_, stores) => {
  expect((await notes(stores)).flat()).toEqual([]);
});
