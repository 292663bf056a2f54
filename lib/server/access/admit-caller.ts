import type { Operation } from "#lib/api/operation.ts";
import { highestRole, isAtLeast } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runtime } from "../runtime.ts";
import { type AdmittedCaller, nobody } from "./caller.ts";
import { currentRequest } from "./request-context.ts";
import { lacking, Scope } from "./scope.ts";

/**
 * Who asks for an operation, where their role lets them.
 * @throws AppError `unauthenticated`; `forbidden`; `readOnly` where it changes something and nothing may be changed
 */
export function admitCaller({ access, changes }: Pick<Operation, "access" | "changes">): AdmittedCaller {
  const { caller } = currentRequest();
  if (access === "public") return caller ?? nobody;
  if (caller === null) throw new AppError("unauthenticated", "Sign in first, or send an API token.");
  const held = highestRole(caller.grants);
  if (access !== "signedIn" && !isAtLeast(held, access)) throw lacking(access, held);
  if (changes && runtime().isReadOnly) {
    throw new AppError(
      "readOnly",
      "This dashboard is read-only: it changes nothing and prepares no change. Set TIDEMARK_READ_ONLY=false where it may.",
    );
  }
  return caller;
}

/** Whether their role reaches where the operation goes. @throws AppError `notFound` out of scope, `forbidden` */
export function admitAt(
  { access }: Pick<Operation, "access">,
  caller: AdmittedCaller,
  { hub, group }: { hub?: string | undefined; group?: string | undefined },
): void {
  if (access === "public" || access === "signedIn" || hub === undefined) return;
  new Scope(caller.grants).need(access, { hub, group });
}
