import type { Status } from "#lib/api/status.ts";

/** The tab's icon shows the page's worst status, visible among the tabs. */
export function Favicon({ status }: { status: Status }) {
  return <link rel="icon" type="image/svg+xml" href={`/icons/${status}.svg`} />;
}
