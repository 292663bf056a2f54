import { decodePart } from "#app/address.ts";
import { readPlan, readReset } from "#app/resets/read-once.ts";
import { Crumbs } from "#components/shell/header.tsx";
import { crumbsOf, type Subject } from "#lib/client/url/crumbs.ts";
import type { SearchParams } from "#lib/client/url/parsers.ts";

interface Props {
  params: Promise<Record<string, string>>;
  searchParams: Promise<SearchParams>;
}

/**
 * The breadcrumbs of the page at `address`. They have the folders of the pages: Next guesses the next page's folders,
 * and shows another one's breadcrumbs for good where one page took all addresses.
 */
export function placeAt(address: string) {
  const parts = address.split("/").filter((part) => part !== "");
  return async ({ params, searchParams }: Props) => {
    const given = await params;
    const path = parts.map((part) =>
      part.startsWith("[") ? decodePart(given[part.slice(1, -1)] ?? "") : part,
    );
    const { store } = await searchParams;
    const crumbs = crumbsOf(path, typeof store === "string" ? store : null, await subjectOf(path));
    return <Crumbs crumbs={crumbs} />;
  };
}

/** Null also if it can't be read or is not for this reader, which the page says. */
async function subjectOf([root, first, second]: readonly string[]): Promise<Subject | null> {
  if (root !== "resets" || first === undefined) return null;
  try {
    return await (first === "plans" && second !== undefined ? readPlan(second) : readReset(first));
  } catch {
    return null;
  }
}
