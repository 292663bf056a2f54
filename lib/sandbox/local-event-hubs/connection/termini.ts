import type { Receiver, Sender } from "rhea";

const fieldsOfBoth = [
  "address",
  "durable",
  "expiry_policy",
  "timeout",
  "dynamic",
  "dynamic_node_properties",
] as const;
const sourceFields = [
  ...fieldsOfBoth,
  "distribution_mode",
  "filter",
  "default_outcome",
  "outcomes",
  "capabilities",
] as const;
const targetFields = [...fieldsOfBoth, "capabilities"] as const;

/**
 * Copies the client's source and target, each with only its own fields (AMQP 1.0, part 3, section 3.5). In
 * rhea two empty ones share one list, so a target would get the eleven fields of a source, which Rust's stack
 * can't read.
 */
export function takeTermini(link: Sender | Receiver): void {
  link.set_source(copied(link.source, sourceFields));
  link.set_target(copied(link.target, targetFields));
}

function copied(terminus: unknown, names: readonly string[]): never {
  const given = (terminus ?? {}) as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, given[name] ?? null])) as never;
}
