import { ZonedMoment } from "#lib/client/format/use-times.ts";
import type { Losses } from "#lib/client/lag/losses.ts";

/** What left unread no checkpoint tells: processors read ahead. */
export function LostSince({ losses: { since, isMixed } }: { losses: Losses }) {
  if (since === null) return isMixed ? "uncheckpointed" : "past the checkpoint";
  return (
    <>
      uncheckpointed, counted since <ZonedMoment at={since} />
    </>
  );
}
