import type { HubConfig } from "./config.ts";

/** The lag at which a group's partitions count as level: of the first setting that names it, else the hub's. */
export function allowedLagOf(
  hub: Pick<HubConfig, "allowedLag" | "consumerGroupSettings">,
  consumerGroup: string,
): number {
  const setting = hub.consumerGroupSettings.find(
    ({ consumerGroup: pattern, allowedLag }) => allowedLag !== null && isMatch(pattern, consumerGroup),
  );
  return setting?.allowedLag ?? hub.allowedLag;
}

/** Without case; `*` stands for any run of characters, or none. */
function isMatch(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  let left = name.toLowerCase();
  if (rest.length === 0) return left === first;
  if (!left.startsWith(first)) return false;
  left = left.slice(first.length);
  const last = rest.pop() ?? "";
  for (const part of rest) {
    const at = left.indexOf(part);
    if (at === -1) return false;
    left = left.slice(at + part.length);
  }
  return left.endsWith(last);
}
