import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import type { ResetPlace } from "./place.ts";

/** Seconds after which an owner counts as gone when a mistake would cost a reset. */
export function guardSecondsOf(place: ResetPlace): number {
  return guardingExpirationSeconds(place.ownershipExpirationSeconds, place.observedExpirationSeconds());
}
