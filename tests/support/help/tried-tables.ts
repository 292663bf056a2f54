import { recordedBlobs } from "#tests/interop/recorded.ts";
import { lastResults, type Results } from "#tests/interop/results.ts";
import { markdownTable } from "./markdown-table.ts";

type SdkResults = Results["sdks"][number];

const brokenBlobs: Record<string, string> = {
  "missing key": "a checkpoint without `sequencenumber`",
  "blank offset": "a checkpoint whose `offset` is blank",
  "no offset": "a checkpoint whose `offset` is `no offset`",
  "ownership without ownerid": "an ownership without `ownerid`",
  "partition gone": "a checkpoint without `sequencenumber`, its partition gone",
  "no partition": "a checkpoint without `sequencenumber`, named as no partition",
};
const stops = { all: "all partitions", own: "its own", nothing: "nothing" } as const;

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

function pauses({ pausesMs }: SdkResults): string {
  const median = medianOf(pausesMs);
  if (median === null) return "–";
  return pausesMs.length === 1
    ? seconds(median)
    : `${seconds(median)}, at worst ${seconds(Math.max(...pausesMs))}`;
}

function passed({ cases }: SdkResults): string {
  const failed = cases.filter((each) => !each.passed).map(({ title }) => title.toLowerCase());
  return failed.length === 0
    ? `all ${cases.length}`
    : `${cases.length - failed.length} of ${cases.length}, not: ${failed.join("; ")}`;
}

/** .NET is not to be had where the others are tried: its place is open. */
function casesTable({ sdks }: Results): string {
  const rows = sdks.map((sdk) => [sdk.label, sdk.version, sdk.date, passed(sdk), pauses(sdk)]);
  const dotnet = [".NET", "–", "not yet: the machines that try the others have no .NET", "–", "–"];
  return markdownTable(
    ["SDK", "Version", "Tried on", "Cases passed", "Pause of a live reset"],
    [...rows, dotnet],
  );
}

function stopsTable({ sdks }: Results): string {
  const rows = Object.entries(brokenBlobs).map(([kind, words]) => [
    words,
    ...sdks.map(({ stopped }) => {
      const found = stopped[kind];
      return found === undefined ? "–" : stops[found];
    }),
  ]);
  return markdownTable(["The blob", ...sdks.map(({ label }) => label)], rows);
}

function waysOf({ id, version, defaults }: SdkResults): string[] {
  const file = recordedBlobs().find((each) => each.sdk === id && each.version === version);
  if (file === undefined) return ["–", "–", "–", "–", "–"];
  const names = file.groups.flatMap(({ running }) => running.map(({ name }) => name));
  const ported = file.groups.find(({ namespace }) => namespace.includes(":"));
  const keepsPort = ported?.running.every(({ name }) => name.startsWith(`${ported.namespace}/`));
  const owners = file.groups.flatMap(({ closed }) => closed.map(({ metadata }) => metadata.ownerid));
  return [
    names.every((name) => name === name.toLowerCase()) ? "in lower case" : "as typed",
    keepsPort === undefined ? "not told one" : keepsPort ? "kept" : "left out",
    owners.includes("") ? "released" : "left to expire",
    defaults === null
      ? "–"
      : `${defaults.renewsEverySeconds} s, ${defaults.claims === "both" ? "all at once" : "one each time"}`,
    defaults === null ? "–" : `${defaults.takesOverAfterSeconds} s`,
  ];
}

function waysTable({ sdks }: Results): string {
  const head = [
    "SDK",
    "Names of blobs",
    "Port of the namespace",
    "Closed",
    "Renews and claims",
    "Takes over after",
  ];
  return markdownTable(
    head,
    sdks.map((sdk) => [`${sdk.label} ${sdk.version}`, ...waysOf(sdk)]),
  );
}

function badgesTable({ sdks }: Results): string {
  const share = ({ cases }: SdkResults) =>
    `${cases.filter(({ passed }) => passed).length} of ${cases.length}`;
  return markdownTable(
    ["SDK", ...sdks.map(({ label }) => label), ".NET"],
    [
      ["version", ...sdks.map(({ version }) => version), "not tried yet"],
      ["cases passed", ...sdks.map(share), "–"],
    ],
  );
}

const tables: Record<string, (results: Results) => string> = {
  cases: casesTable,
  stops: stopsTable,
  ways: waysTable,
  badges: badgesTable,
};

/**
 * A table of what the last run of the whole table of `npm run interop` found.
 * @throws Error where there was none
 */
export function triedTable(name: string): string {
  const [results, render] = [lastResults(), tables[name]];
  if (results === null) throw new Error("There are no results yet: run `npm run interop -- --all`.");
  if (render === undefined) throw new Error(`There is no table ${name} of them.`);
  return render(results);
}
