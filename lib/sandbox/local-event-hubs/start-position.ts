import { invalidFilter, invalidOffset, invalidSequenceNumber } from "./amqp-errors.ts";
import type { PartitionLog } from "./partition-log.ts";
import type { AmqpError } from "./rhea.ts";

interface StartPosition {
  by: "offset" | "sequenceNumber" | "enqueuedTime";
  isInclusive: boolean;
  value: string;
}

const annotations: Record<string, StartPosition["by"]> = {
  "x-opt-offset": "offset",
  "x-opt-sequence-number": "sequenceNumber",
  "x-opt-enqueued-time": "enqueuedTime",
};

const pattern = /^\s*amqp\.annotation\.([a-z-]+)\s*(>=?)\s*'?([^']*)'?\s*$/;

/** Parses a filter such as `amqp.annotation.x-opt-offset > '4900'`. Null: no start position. */
export function parseStartPosition(expression: string): StartPosition | null {
  const [, annotation = "", operator, value = ""] = pattern.exec(expression) ?? [];
  const by = annotations[annotation];
  if (by === undefined || value === "") return null;
  if (by !== "offset" && !/^-?\d+$/.test(value)) return null;
  return { by, isInclusive: operator === ">=", value };
}

type Start = { next: number; error: null } | { next: null; error: AmqpError };

/**
 * Returns the first sequence number to deliver. A position before the beginning starts there; one past the
 * end is refused, as in the service. A time is always exclusive.
 */
export function resolveStart(log: PartitionLog, expression: string | null): Start {
  if (expression === null) return { next: log.beginning, error: null };
  const position = parseStartPosition(expression);
  if (!position) return { next: null, error: invalidFilter(expression) };
  const { by, isInclusive, value } = position;
  if (value === "@latest") return { next: log.end, error: null };
  if (by === "offset") {
    const wanted = log.offsetValue(value);
    if (wanted === null || wanted > (log.offsetValue(log.last.offset) ?? -1))
      return { next: null, error: invalidOffset(value, log.last.offset) };
    const next = log.firstWhere(
      ({ offsetValue }) => offsetValue > wanted || (isInclusive && offsetValue === wanted),
    );
    return { next, error: null };
  }
  const wanted = Number(value);
  if (by === "enqueuedTime")
    return { next: log.firstWhere((event) => event.enqueuedAt > wanted), error: null };
  const next = Math.max(log.beginning, isInclusive ? wanted : wanted + 1);
  if (next > log.end) return { next: null, error: invalidSequenceNumber(value, log.last.sequenceNumber) };
  return { next, error: null };
}
