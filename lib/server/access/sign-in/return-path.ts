const longestPath = 2_048;

/** The page to return to after signing in. Anything but a page of this dashboard becomes `/`. */
export function returnPath(wanted: string | null): string {
  if (wanted === null || wanted.length > longestPath || !/^\/[^/\\]/.test(wanted)) return "/";
  // Browsers read a backslash as a slash and ignore tabs and line ends.
  if (/[\\\p{C}]/u.test(wanted)) return "/";
  const here = "http://here.invalid";
  if (!URL.canParse(wanted, here)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, here);
  if (origin !== here || pathname.startsWith("//")) return "/";
  if (/^\/(api|sign-in|signed-out|_next)(\/|$)/.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
