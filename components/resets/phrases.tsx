import { Fragment } from "react";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import type { Phrase } from "#lib/client/resets/target-words.ts";

/** A sentence's pieces, moments in the reader's zone. Asides name the other zone, for plain texts. */
export function Phrases({ phrases }: { phrases: readonly Phrase[] }) {
  return phrases.map((phrase, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other identity.
    <Fragment key={i}>{draw(phrase)}</Fragment>
  ));
}

function draw(phrase: Phrase) {
  if (typeof phrase === "string") return phrase;
  if ("strong" in phrase) {
    const { strong, at } = phrase;
    return (
      <strong className="foreign font-semibold">{at === undefined ? strong : <ZonedMoment at={at} />}</strong>
    );
  }
  return null;
}
