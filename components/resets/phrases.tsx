import { Fragment } from "react";
import type { Phrase } from "#lib/client/plan-words.ts";

/** Sentences in pieces, as they are drawn. */
export function Phrases({ phrases }: { phrases: readonly Phrase[] }) {
  return phrases.map((phrase, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other identity.
    <Fragment key={i}>{draw(phrase)}</Fragment>
  ));
}

function draw(phrase: Phrase) {
  if (typeof phrase === "string") return phrase;
  if ("strong" in phrase) return <strong className="foreign font-semibold">{phrase.strong}</strong>;
  return <span className="text-muted">{phrase.aside}</span>;
}
