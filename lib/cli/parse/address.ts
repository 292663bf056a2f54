import { z } from "zod";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { usage } from "../failure.ts";

/**
 * Parses `orders/billing`. The last slash separates: hub ids may contain slashes, group names may not.
 * @throws CommandFailure
 */
export function parseAddress(text: string | undefined): Pick<GroupAddress, "hub" | "group"> {
  const at = text?.lastIndexOf("/") ?? -1;
  if (text === undefined || at < 1 || at === text.length - 1) {
    throw usage(`“${text ?? ""}” is no consumer group: write hub/group, such as orders/billing.`);
  }
  return { hub: text.slice(0, at), group: text.slice(at + 1) };
}

export const storeShape = { store: z.string().min(1).optional() };
export const storeOptions = z.object(storeShape);
