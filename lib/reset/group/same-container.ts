import { AppError } from "#lib/core/app-error.ts";
import type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "./place.ts";

type Place = Pick<ResetPlace, "container" | "store">;

/** Notes the container in each write: the store's id may name another one later. */
export function inContainer(record: PlanRecord, place: Place): PlanRecord {
  const container = addressOf(place);
  return { ...record, writes: record.writes.map((write) => ({ ...write, container })) };
}

/** @throws AppError `conflict` when the store has another container than these writes are for */
export function needSameContainer(
  writes: readonly Pick<PlannedWrite, "container">[],
  place: Place,
  toDo: string,
): void {
  const now = addressOf(place);
  const other = writes.find(({ container }) => container !== undefined && container !== now);
  if (other === undefined) return;
  throw new AppError(
    "conflict",
    `The store ${place.store} names the container ${now} now, and this was planned for ${other.container}. ${toDo}`,
  );
}

/** Without the signature that the address may carry. */
function addressOf({ container }: Place): string {
  const { origin, pathname } = new URL(container.url);
  return origin + pathname;
}
