import { Fragment } from "react";
import type { Phrase } from "#lib/client/resets/plan-words.ts";

export function Phrases({ phrases }: { phrases: readonly Phrase[] }) {
  return phrases.map((phrase, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other identity.
    <Fragment key={i}>{draw(phrase)}</Fragment>
  ));
}

function draw(phrase: Phrase) {
  if (typeof phrase === "string") return phrase;
  if ("strong" in phrase) {
    const strong = <strong className="foreign font-semibold">{phrase.strong}</strong>;
    const { at } = phrase;
    return at === undefined ? (
      strong
    ) : (
      <time dateTime={at} data-at={at}>
        {strong}
      </time>
    );
  }
  return <span className="text-muted">{phrase.aside}</span>;
}
