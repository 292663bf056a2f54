import { type CsvLine, readCsv } from "#lib/client/format/read-csv.ts";
import type { HubIdentity, Imported, ImportedPositions } from "./imported-positions.ts";

type Position = ImportedPositions["positions"][number];

const identity = ["fullyQualifiedNamespace", "eventHubName", "createdOn"] as const;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export function fromCsv(text: string): Imported {
  let lines: CsvLine[];
  try {
    lines = readCsv(text);
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : "The file can't be read as CSV."] };
  }
  const [head, ...rows] = lines;
  const columns = new Map(head?.fields.map((name, index) => [name.trim().toLowerCase(), index]));
  const has = (name: string) => columns.has(name.toLowerCase());
  if (head === undefined || !has("partitionId") || !(has("nextSequenceNumber") || has("enqueuedAt"))) {
    return {
      problems: [
        "Line 1 must name the columns: partitionId, with nextSequenceNumber, enqueuedAt or both. An export of this dashboard does.",
      ],
    };
  }
  const problems: string[] = [];
  const field = (row: CsvLine, name: string) =>
    unguard(row.fields[columns.get(name.toLowerCase()) ?? -1] ?? "");
  const positions = rows.map((row) =>
    readRow(
      (name) => field(row, name),
      (problem) => problems.push(`Line ${row.line}: ${problem}`),
    ),
  );
  const hub = sameHub(rows, field, problems);
  if (problems.length > 0) return { problems };
  const [first] = rows;
  const common = (name: string) => (first === undefined ? null : field(first, name) || null);
  return {
    file: { hub, consumerGroup: common("consumerGroup"), exportedAt: common("exportedAt"), positions },
  };
}

function unguard(text: string): string {
  const trimmed = text.trim();
  return /^'[=+\-@]/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

function readRow(field: (name: string) => string, report: (problem: string) => void): Position {
  const partitionId = field("partitionId");
  if (partitionId === "" || partitionId.length > 64) report("partitionId is missing.");
  const next = field("nextSequenceNumber");
  const enqueued = field("enqueuedAt");
  if (next !== "" && !(/^\d{1,16}$/.test(next) && Number.isSafeInteger(Number(next)))) {
    report(
      time.test(next)
        ? "nextSequenceNumber holds a time; times belong in enqueuedAt."
        : `nextSequenceNumber is “${next.slice(0, 40)}”: it must be a whole number. A spreadsheet may have rewritten it.`,
    );
  }
  if (enqueued !== "" && (!time.test(enqueued) || Number.isNaN(Date.parse(enqueued)))) {
    report(
      /^\d+$/.test(enqueued)
        ? "enqueuedAt holds a number; sequence numbers belong in nextSequenceNumber."
        : `enqueuedAt is “${enqueued.slice(0, 40)}”: write it as 2026-03-01T12:00:00Z.`,
    );
  }
  return {
    partitionId,
    nextSequenceNumber: next === "" ? null : Number(next),
    enqueuedAt:
      enqueued === "" || Number.isNaN(Date.parse(enqueued)) ? null : new Date(enqueued).toISOString(),
  };
}

function sameHub(
  rows: readonly CsvLine[],
  field: (row: CsvLine, name: string) => string,
  problems: string[],
): HubIdentity | null {
  const [first] = rows;
  if (first === undefined) return null;
  const of = (row: CsvLine) => identity.map((name) => field(row, name));
  const odd = rows.find((row) => of(row).join("\n").toLowerCase() !== of(first).join("\n").toLowerCase());
  if (odd !== undefined) {
    problems.push(`Line ${odd.line} is of another hub than line ${first.line}: a file is of one hub.`);
  }
  const [fullyQualifiedNamespace = "", eventHubName = "", createdOn = ""] = of(first);
  if (fullyQualifiedNamespace === "" || eventHubName === "" || createdOn === "") return null;
  if (Number.isNaN(Date.parse(createdOn))) problems.push(`Line ${first.line}: createdOn is no time.`);
  return { fullyQualifiedNamespace, eventHubName, createdOn };
}
