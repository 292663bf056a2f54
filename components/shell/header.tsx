"use client";

import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "#components/ui/text/link.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import { type OperationKind, operationKind } from "#lib/api/reasons/operation-kind.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { helpPages, helpPath } from "#lib/client/help/help-pages.ts";
import { type ResetSubject, useResetSubject } from "#lib/client/resets/use-reset-subject.ts";
import { consumerGroupPath, eventHubPath } from "#lib/client/url/paths.ts";

interface Crumb {
  text: string;
  /** For phones, where the long one would be cut. */
  short?: string;
  href?: string;
}

function decode(part: string): string {
  try {
    return showText(decodeURIComponent(part));
  } catch {
    return part;
  }
}

const groupSteps: Record<string, string> = {
  reset: "Reset checkpoints",
  move: "Move checkpoints",
  cleanup: "Clean up",
};

const planSteps: Record<OperationKind, string> = {
  reset: "Reset checkpoints",
  undo: "Undo",
  move: "Move checkpoints",
  cleanup: "Clean up",
};

/**
 * Derives a page's breadcrumbs from its address, and `store` from its query. `about` is the group of a plan
 * or reset, since their addresses only have an id.
 */
export function crumbsOf(
  pathname: string,
  store: string | null = null,
  about: ResetSubject | null = null,
): Crumb[] {
  const raw = pathname.split("/").filter(Boolean);
  const [root, hub, middle, group, last] = raw.map(decode);
  if (root === "activity") return [{ text: "Activity" }];
  if (root === "help") {
    const title = helpPages.find(({ slug }) => slug === hub)?.title;
    return title === undefined ? [{ text: "Help" }] : [{ text: "Help", href: helpPath }, { text: title }];
  }
  if (root === "incidents") return [{ text: "Incidents" }];
  if (root === "group-moves") return [{ text: "Move groups" }];
  if (root === "resets") {
    const itself = {
      text: about?.target === undefined ? "Checkpoints" : planSteps[operationKind(about.target.kind)],
    };
    if (about === null) return [itself];
    return [
      { text: showText(about.hub), href: eventHubPath(about.hub) },
      { text: showText(about.group), href: consumerGroupPath(about.hub, about.group, about.store) },
      itself,
    ];
  }
  if (root !== "event-hubs" || hub === undefined)
    return [{ text: "All consumer groups", short: "All groups" }];
  const parent = { text: hub, href: `/event-hubs/${raw[1]}` };
  if (middle === "diagnosis") return [parent, { text: "Diagnosis" }];
  if (middle === "move-groups") return [parent, { text: "Move groups" }];
  if (middle !== "consumer-groups" || group === undefined) return [{ text: hub }];
  const step = last === undefined ? undefined : groupSteps[last];
  if (step !== undefined) {
    const query = store === null ? "" : `?${new URLSearchParams({ store })}`;
    const itself = { text: group, href: `/${raw.slice(0, 4).join("/")}${query}` };
    return [parent, itself, { text: step }];
  }
  return [parent, { text: group }];
}

function Mark() {
  return (
    <svg aria-hidden width="20" height="20" viewBox="0 0 20 20" className="shrink-0">
      <rect width="20" height="20" rx="5" fill="#8fb0ff" />
      <path
        d="M0 10c2.5-2 5-2 7.5 0s5 2 7.5 0c1.7-1.3 3.4-1.8 5-1.3V15a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z"
        fill="#2f5bea"
      />
    </svg>
  );
}

export function Header({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const crumbs = crumbsOf(pathname, useSearchParams().get("store"), useResetSubject(pathname));
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface print:hidden">
      <div className="flex h-12 items-center gap-3 px-4 max-sm:gap-2 sm:px-5">
        <Link
          href="/"
          className="flex shrink-0 items-center gap-2 font-semibold"
          aria-label="Tidemark, all consumer groups"
        >
          <Mark />
          <span className="max-sm:sr-only">Tidemark</span>
        </Link>
        <nav aria-label="Where you are" className="min-w-0 flex-1">
          <ol className="flex min-w-0 items-center gap-1.5 text-muted">
            {crumbs.map(({ text, short = text, href }, i) => (
              <li
                key={text}
                // A phone has room for one crumb: the way back, since the heading says where one is.
                data-far={i !== Math.max(0, crumbs.length - 2)}
                className="data-[far=true]:max-sm:hidden flex min-w-0 items-center gap-1.5 first:max-w-[50%] last:flex-1 only:max-w-none max-sm:max-w-full"
              >
                <span aria-hidden className="text-faint">
                  {href === undefined ? (
                    "/"
                  ) : (
                    <>
                      <span className="max-sm:hidden">/</span>
                      <span className="sm:hidden">‹</span>
                    </>
                  )}
                </span>
                {href === undefined ? (
                  <span aria-current="page" className="foreign flex min-w-0 font-semibold text-ink">
                    {short === text ? (
                      <MiddleCut text={text} />
                    ) : (
                      <>
                        <span className="truncate max-sm:hidden">{text}</span>
                        <span className="truncate sm:hidden">{short}</span>
                      </>
                    )}
                  </span>
                ) : (
                  <Link href={href} className="foreign flex min-w-0 hover:text-ink hover:underline">
                    <MiddleCut text={text} />
                  </Link>
                )}
              </li>
            ))}
          </ol>
        </nav>
        <div className="flex shrink-0 items-center gap-1 sm:gap-2 max-sm:[&_:is(a,button)]:px-1.5">
          {children}
        </div>
      </div>
    </header>
  );
}
