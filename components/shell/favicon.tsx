import type { ChipTone } from "#lib/client/lag/status-words.ts";

/** The tab's icon shows the page's worst state, visible among the tabs. */
export function Favicon({ tone }: { tone: ChipTone }) {
  return <link rel="icon" type="image/svg+xml" href={`/icons/${tone}.svg`} />;
}
