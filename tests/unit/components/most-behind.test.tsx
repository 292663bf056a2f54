import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { MostBehind } from "#components/lag/overview/group-cells.tsx";
import { fixtureGroup } from "#tests/support/worlds/fixture-world.ts";

it.each<[lag: number, id: string, text: string]>([
  [57, "1", "57 on p1"],
  [1_204, "1", "1,204 on p1"],
  [1_204_311, "17", "1,204,311 on p17"],
])("names the partition of the largest lag in short, and whole in its tip: %d", (lag, id, text) => {
  const html = renderToStaticMarkup(
    <MostBehind group={fixtureGroup({ maxLag: lag, maxLagPartitionId: id })} />,
  );
  expect(html.replaceAll(/<[^>]*>/g, "")).toBe(text);
  expect(html).toContain(`data-tip="Partition ${id} has a lag of`);
});
