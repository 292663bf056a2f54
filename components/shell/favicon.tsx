import type { ChipTone } from "#lib/client/lag/status-words.ts";

export function Favicon({ tone }: { tone: ChipTone }) {
  return <link rel="icon" type="image/svg+xml" href={`/icons/${tone}.svg`} />;
}
