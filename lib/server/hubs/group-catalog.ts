import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Clock } from "#lib/core/time.ts";
import type { ResourceReader } from "#lib/event-hub/resource-reader.ts";
import type { GroupCatalog } from "#lib/monitor/sources.ts";

const holdsMs = 10 * 60_000;

/**
 * A hub's consumer groups from Azure Resource Manager, asked every ten minutes. After a failure the previous
 * answer holds and the diagnosis says so.
 */
export function groupCatalog(
  reader: ResourceReader,
  eventHubName: string,
  clock: Clock = Date.now,
): GroupCatalog {
  let names: readonly string[] = [];
  let until = 0;
  let fault: Fault | null = null;
  return {
    fault: () => fault,
    async consumerGroups({ abortSignal }) {
      if (clock() < until) return names;
      until = clock() + holdsMs;
      try {
        names = await reader.consumerGroups(eventHubName, { abortSignal });
        fault = null;
      } catch (error) {
        fault =
          error instanceof AppError
            ? { code: error.code, message: error.message }
            : {
                code: "azureFailed",
                message: "Azure Resource Manager could not be asked for consumer groups.",
              };
      }
      return names;
    },
  };
}
