/** A heading's anchor as code hosts make it. `counts` tracks the page's anchors. */
export function anchorOf(heading: string, counts: Map<string, number>): string {
  const kept = heading.trim().toLowerCase();
  const anchor = kept.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
  const before = counts.get(anchor) ?? 0;
  counts.set(anchor, before + 1);
  return before === 0 ? anchor : `${anchor}-${before}`;
}

const pageLink = /^([a-z-]+)\.md(#.+)?$/;
const publicFile = /^(?:\.\.\/)+public(\/.+)$/;

/** The product's address for a page's link. Null: a file that only the repository has. */
export function productLink(href: string): string | null {
  if (/^(https:|#|\/)/.test(href)) return href;
  const [, slug, anchor = ""] = pageLink.exec(href) ?? [];
  if (slug !== undefined) return `/help/${slug}${anchor}`;
  return publicFile.exec(href)?.[1] ?? null;
}
