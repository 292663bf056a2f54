import type { Resource, Role } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller } from "#lib/server/access/admit-caller.ts";

/**
 * Why the caller may not do something at a resource, for a disabled control. Null: they may. With `changes`,
 * read-only mode is a reason too.
 */
export function whyNot(
  access: Role,
  resource: Partial<Resource>,
  { changes }: { changes: boolean },
): string | null {
  try {
    admitAt({ access }, admitCaller({ access, changes }), resource);
    return null;
  } catch (error) {
    const refused = ["readOnly", "forbidden", "unauthenticated", "notFound"];
    if (error instanceof AppError && refused.includes(error.code)) return error.message;
    throw error;
  }
}
