import type { Operation } from "#lib/api/operation.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runtime } from "../runtime.ts";
import { anonymous, type Caller } from "./caller.ts";

/** Who asks for an operation. @throws AppError `readOnly` where it changes something and nothing may be changed */
export async function admitCaller(
  { changes }: Pick<Operation, "access" | "changes">,
  _request: Request,
): Promise<Caller> {
  if (changes && runtime().isReadOnly) {
    throw new AppError(
      "readOnly",
      "This dashboard is read-only: it changes nothing and prepares no change. Set TIDEMARK_READ_ONLY=false where it may.",
    );
  }
  return anonymous;
}
