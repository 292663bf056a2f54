import { defaultCredential } from "#lib/event-hub/credential.ts";
import { createResourceReader, type ResourceReader } from "#lib/event-hub/resource-reader.ts";
import type { HubConfig } from "#lib/server/config/config.ts";
import { labelOf } from "./find-hubs.ts";

export function resourceReaderOf(
  hub: Pick<HubConfig, "resource" | "fullyQualifiedNamespace">,
): ResourceReader | null {
  if (hub.resource === null) return null;
  return createResourceReader({
    ...hub.resource,
    namespaceName: labelOf(hub),
    credential: defaultCredential(),
  });
}
