import { z } from "zod";

export const resultsSchema = z.object({
  date: z.iso.date(),
  sdks: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      version: z.string(),
      cases: z.array(z.object({ number: z.number(), title: z.string(), passed: z.boolean() })),
      /** Milliseconds from the last event before a live reset to the first after it. */
      pausesMs: z.array(z.number()),
      /** The partitions that a broken blob stops: all of its group, its own, or none. */
      stopped: z.record(z.string(), z.enum(["all", "own", "nothing"])),
    }),
  ),
});
export type Results = z.infer<typeof resultsSchema>;
type SdkResults = Results["sdks"][number];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

function pauses({ pausesMs }: SdkResults): string {
  const sorted = pausesMs.toSorted((one, other) => one - other);
  const [median, worst] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  if (median === undefined || worst === undefined) return "–";
  return sorted.length === 1 ? seconds(worst) : `${seconds(median)}, at worst ${seconds(worst)}`;
}

function passed({ cases }: SdkResults): string {
  const failed = cases.filter((each) => !each.passed).map(({ title }) => title.toLowerCase());
  return failed.length === 0 ? `all ${cases.length}` : `all but ${failed.join(", ")}`;
}

/** Renders the table for README. .NET can't be installed where the others run, so its row stays open. */
export function renderTable({ sdks, date }: Results): string {
  const rows = sdks.map(
    (sdk) => `| ${sdk.label} | ${sdk.version} | ${date} | ${passed(sdk)} | ${pauses(sdk)} |`,
  );
  return [
    "| SDK | Version | Tried on | Cases passed | Pause of a live reset |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "| .NET | – | not yet: there is no .NET on the machines that try the others | – | – |",
  ].join("\n");
}
