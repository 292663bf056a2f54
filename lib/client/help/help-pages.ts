export const helpPath = "/help";

export function helpPagePath(slug: string, anchor?: string): string {
  return `${helpPath}/${slug}${anchor === undefined ? "" : `#${anchor}`}`;
}

export function reasonPath(code: string): string {
  return helpPagePath("reasons", code.toLowerCase());
}
