import type { Place, Role } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller } from "#lib/server/access/admit-caller.ts";

/**
 * Why the caller may not do something at a place, for a disabled control. Null: they may. With `changes`,
 * read-only mode is a reason too.
 */
export function whyNot(
  access: Role,
  place: Partial<Place>,
  { changes }: { changes: boolean },
): string | null {
  try {
    admitAt({ access }, admitCaller({ access, changes }), place);
    return null;
  } catch (error) {
    const refused = ["readOnly", "forbidden", "unauthenticated", "notFound"];
    if (error instanceof AppError && refused.includes(error.code)) return error.message;
    throw error;
  }
}
