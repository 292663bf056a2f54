import type { SharedLevels } from "#lib/checkpoint-store/listing/levels.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { isCleanup, makeCleanupUndoPlan } from "#lib/reset/cleanup/undo-cleanup.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { needSameContainer } from "#lib/reset/group/same-container.ts";
import type { PlanHead } from "#lib/reset/plan/build-plan.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import type { ResetPlaces } from "./reset-places.ts";

/**
 * Finds the place of an ended reset that is to be undone.
 * @throws AppError `conflict` if it still runs, or if its hub or container is another one now; `notFound` as `findTarget`
 */
export function placeOfUndo(
  places: ResetPlaces,
  reset: ResetRecord,
  sharedLevels?: SharedLevels,
): ResetPlace {
  if (reset.state === "running")
    throw new AppError("conflict", "This reset still runs: it can be undone once it has ended.");
  const place = places.findTarget(reset, sharedLevels);
  if (hubAddress(place) !== reset.address)
    throw new AppError(
      "conflict",
      `This reset was made on ${reset.address}, and the event hub ${reset.hub} is another one now.`,
    );
  needSameContainer(
    reset.entries.flatMap(({ write }) => write ?? []),
    place,
    "Configure that one as the store again to undo it.",
  );
  return place;
}

export function planUndoAt(
  place: ResetPlace,
  reset: ResetRecord,
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const makeIt = isCleanup(reset) ? makeCleanupUndoPlan : makeUndoPlan;
  return makeIt(place, reset, head, abortSignal);
}
