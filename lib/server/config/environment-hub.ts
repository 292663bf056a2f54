import type { Environment } from "./substitute.ts";

type Report = (problem: string) => void;

const names = [
  "EVENTHUB_CONNECTION_STRING",
  "EVENTHUB_NAMESPACE",
  "EVENTHUB_NAME",
  "STORAGE_CONNECTION_STRING",
  "STORAGE_ACCOUNT_URL",
  "CHECKPOINT_CONTAINER",
] as const;

function value(env: Environment, name: (typeof names)[number]): string | undefined {
  return env[name]?.trim() || undefined;
}

export function hubFromEnvironment(env: Environment, report: Report): unknown {
  if (names.every((name) => value(env, name) === undefined)) {
    return null;
  }
  oneOf(env, "EVENTHUB_CONNECTION_STRING", "EVENTHUB_NAMESPACE", report);
  oneOf(env, "STORAGE_CONNECTION_STRING", "STORAGE_ACCOUNT_URL", report);
  const container = value(env, "CHECKPOINT_CONTAINER");
  if (container === undefined) {
    report("CHECKPOINT_CONTAINER: is not set; it names the container of the checkpoints");
  }
  const accountUrl = value(env, "STORAGE_ACCOUNT_URL")?.replace(/\/+$/, "");
  const connectionString = value(env, "STORAGE_CONNECTION_STRING");
  return defined({
    connectionString: value(env, "EVENTHUB_CONNECTION_STRING"),
    fullyQualifiedNamespace: value(env, "EVENTHUB_NAMESPACE"),
    eventHubName: value(env, "EVENTHUB_NAME"),
    checkpointStores: [
      connectionString === undefined
        ? { containerUrl: `${accountUrl}/${container}` }
        : defined({ connectionString, container }),
    ],
  });
}

function oneOf(
  env: Environment,
  one: (typeof names)[number],
  other: (typeof names)[number],
  report: Report,
): void {
  const count = [one, other].filter((name) => value(env, name) !== undefined).length;
  if (count !== 1) {
    report(`${one}, ${other}: ${count === 0 ? "neither is set; set one" : "both are set; set only one"}`);
  }
}

function defined(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([, item]) => item !== undefined));
}
