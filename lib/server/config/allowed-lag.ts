import { fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import type { HubConfig } from "./config.ts";

/**
 * The lag up to which a group's partitions count as caught up: from the first matching setting, else the
 * hub's.
 */
export function allowedLagOf(
  hub: Pick<HubConfig, "allowedLag" | "consumerGroupSettings">,
  consumerGroup: string,
): number {
  const setting = hub.consumerGroupSettings.find(
    ({ consumerGroup: pattern, allowedLag }) =>
      allowedLag !== null && fitsPatternWithoutCase(pattern, consumerGroup),
  );
  return setting?.allowedLag ?? hub.allowedLag;
}
