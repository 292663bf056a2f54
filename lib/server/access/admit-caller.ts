import type { Operation } from "#lib/api/operations/operation.ts";
import { highestRole, isAtLeast } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runtime } from "../runtime.ts";
import { type AdmittedCaller, nobody } from "./caller.ts";
import { currentRequest } from "./request-context.ts";
import { lacking, Scope } from "./scope.ts";

/**
 * Returns the caller if their role allows the operation.
 * @throws AppError `unauthenticated`, `forbidden`, and `readOnly` for a change when nothing may be changed,
 * whatever the role
 */
export function admitCaller({ access, changes }: Pick<Operation, "access" | "changes">): AdmittedCaller {
  const { caller } = currentRequest();
  if (access === "public") return caller ?? nobody;
  if (caller === null) throw new AppError("unauthenticated", "Sign in first, or send an API token.");
  if (changes && runtime().isReadOnly) {
    throw new AppError(
      "readOnly",
      "This dashboard is read-only. To allow changes and their previews, set TIDEMARK_READ_ONLY=false and restart it.",
    );
  }
  const held = highestRole(caller.grants);
  if (access !== "signedIn" && !isAtLeast(held, access)) throw lacking(access, held);
  return caller;
}

interface Where {
  hub?: string | undefined;
  group?: string | undefined;
}

export function admitAt(
  { access }: Pick<Operation, "access">,
  caller: AdmittedCaller,
  { hub, group }: Where,
): void {
  if (access === "public" || access === "signedIn" || hub === undefined) return;
  new Scope(caller.grants).need(access, { hub, group });
}

export function noteRefusal(error: unknown, action: string, { hub, group }: Where): void {
  if (!(error instanceof AppError) || (error.code !== "forbidden" && error.code !== "readOnly")) return;
  const { refused } = currentRequest();
  const isHub = hub !== undefined && isThere(() => runtime().eventHub(hub));
  const isGroup = isHub && group !== undefined && isThere(() => runtime().consumerGroup(hub, group));
  const resource = { hub: isHub ? hub : "", group: isGroup ? group : null };
  refused({ action, ...resource, code: error.code, message: error.message });
}

/** Names that don't exist or are hidden could be anything, so they are not recorded. */
function isThere(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch {
    return false;
  }
}
