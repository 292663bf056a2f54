import type { Positions } from "#lib/api/plans/positions.ts";
import { toCsv } from "#lib/client/format/csv.ts";
import { late } from "#lib/client/http/late.ts";
import type { Imported } from "./imported-positions.ts";
import { fromCsv } from "./positions-csv.ts";

const maxFileBytes = 1_048_576;
const maxFilePartitions = 2_048;
const mostProblems = 8;

export function positionsToJson(positions: Positions): string {
  return `${JSON.stringify(positions, null, 2)}\n`;
}

/** Every line names the hub, so that none can be taken for another's. */
export function positionsToCsv(positions: Positions): string {
  const { fullyQualifiedNamespace, eventHubName, createdOn, consumerGroup, store, exportedAt } = positions;
  return toCsv(
    [
      "partitionId",
      "nextSequenceNumber",
      "enqueuedAt",
      "fullyQualifiedNamespace",
      "eventHubName",
      "createdOn",
      "consumerGroup",
      "store",
      "exportedAt",
    ],
    positions.positions.map(({ partitionId, nextSequenceNumber, enqueuedAt }) => [
      partitionId,
      nextSequenceNumber,
      enqueuedAt,
      fullyQualifiedNamespace,
      eventHubName,
      createdOn,
      consumerGroup,
      store,
      exportedAt,
    ]),
  );
}

/** Reads either form. Faults are told by line or JSON position, and a faulty file is refused as a whole. */
export async function readPositions(text: string): Promise<Imported> {
  if (text.length > maxFileBytes) return { problems: ["The file is larger than 1 MiB."] };
  const read = /^\s*\{/.test(text) ? await fromJson(text) : fromCsv(text);
  if ("problems" in read) {
    const { problems } = read;
    const more = problems.length - mostProblems;
    return { problems: more <= 0 ? problems : [...problems.slice(0, mostProblems), `And ${more} more.`] };
  }
  const { positions } = read.file;
  if (positions.length > maxFilePartitions) {
    return { problems: [`The file names more than ${maxFilePartitions} partitions.`] };
  }
  const ids = positions.map(({ partitionId }) => partitionId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return { problems: [`The file names partition ${twice} twice.`] };
  return positions.length === 0 ? { problems: ["The file names no partition."] } : read;
}

async function fromJson(text: string): Promise<Imported> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const line = /line (\d+)/.exec(said)?.[1] ?? lineAt(text, Number(/position (\d+)/.exec(said)?.[1]));
    return { problems: [`The file is no valid JSON${line === null ? "" : `, from line ${line} on`}.`] };
  }
  const [{ check }, { positionsSchema }] = await late(() =>
    Promise.all([import("#lib/client/http/check.ts"), import("#lib/api/plans/positions.ts")]),
  );
  const parsed = check(positionsSchema, json);
  if (parsed.success) {
    const { fullyQualifiedNamespace, eventHubName, createdOn, ...rest } = parsed.data;
    return { file: { ...rest, hub: { fullyQualifiedNamespace, eventHubName, createdOn } } };
  }
  return {
    problems: parsed.error.issues.map(
      ({ path, message }) => `At ${pathText(path) || "the top"}: ${message}.`,
    ),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function lineAt(text: string, position: number): number | null {
  return Number.isNaN(position) ? null : text.slice(0, position).split("\n").length;
}
