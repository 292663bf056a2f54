import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import type { ResetPlace } from "./place.ts";

/** Returns the seconds after which an owner counts as gone, for cases in which a mistake would cost a reset. */
export function guardSecondsOf(place: ResetPlace): number {
  return guardingExpirationSeconds(place.ownershipExpirationSeconds, place.observedExpirationSeconds());
}
