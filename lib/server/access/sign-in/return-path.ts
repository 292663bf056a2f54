const longestPath = 2_048;

/** Where to go after signing in: a page of this dashboard, whatever was asked for. Anything else is `/`. */
export function returnPath(wanted: string | null): string {
  if (wanted === null || wanted.length > longestPath || !/^\/[^/\\]/.test(wanted)) return "/";
  // Browsers take a backslash for a slash, and leave out tabs and line ends.
  if (/[\\\p{C}]/u.test(wanted)) return "/";
  const here = "http://here.invalid";
  if (!URL.canParse(wanted, here)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, here);
  if (origin !== here || pathname.startsWith("//")) return "/";
  if (/^\/(api|sign-in|signed-out|_next)(\/|$)/.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
