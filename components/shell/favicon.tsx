import type { Status } from "#lib/api/status.ts";

/** The tab's icon says the worst that the page knows of, so that a glance at the tabs is enough. */
export function Favicon({ status }: { status: Status }) {
  return <link rel="icon" type="image/svg+xml" href={`/icons/${status}.svg`} />;
}
