const told: ReadonlySet<string> = new Set(["blockedBy", "reason", "reasons", "warnings", "message"]);
const hidden = "This names a consumer group that your role does not cover.";

/** Removes reasons and messages that contain the group's name, at any depth. Codes stay. */
export function withoutGroup<T>(value: T, group: string): T {
  return walk(value, group.toLowerCase()) as T;
}

function walk(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => walk(one, name));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, told.has(key) ? mask(inner, name) : walk(inner, name)]),
  );
}

function mask(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => mask(one, name));
  if (
    !JSON.stringify(value ?? null)
      .toLowerCase()
      .includes(name)
  )
    return value;
  if (value === null || typeof value !== "object") return hidden;
  return { ...value, message: hidden, params: {} };
}
