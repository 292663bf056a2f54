"use client";

import { type ComponentProps, createContext, type MouseEvent, useContext } from "react";

/** Shows another page of this app. Null: the browser does. */
export const Navigate = createContext<((href: string) => void) | null>(null);

type Props = Omit<ComponentProps<"a">, "href" | "target" | "download"> & { href: string };

/**
 * A link to a page of this app. Next's own is 2 kB more of every page, for pages that it fetches ahead; here each
 * is made when asked for.
 */
export function Link({ href, onClick, ...rest }: Props) {
  const navigate = useContext(Navigate);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    // In another tab or window, or saved: what the browser does with a key held.
    const isForBrowser = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (navigate === null || event.defaultPrevented || isForBrowser) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
