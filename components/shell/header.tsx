import type { ReactNode } from "react";
import { Link } from "#components/ui/text/link.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import type { Crumb } from "#lib/client/url/crumb.ts";

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

export function Header({ crumbs, children }: { crumbs: ReactNode; children: ReactNode }) {
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
          {crumbs}
        </nav>
        <div className="flex shrink-0 items-center gap-1 sm:gap-2 max-sm:[&_:is(a,button)]:px-1.5">
          {children}
        </div>
      </div>
    </header>
  );
}

export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    // No box of its own: Next scrolls to the first box that is new, and would take this one, always in sight.
    <div className="contents">
      <ol className="flex min-w-0 items-center gap-1.5 text-muted">
        {crumbs.map(({ text, short = text, href }, i) => (
          <li
            key={href ?? "here"}
            // A phone has room for one crumb: the way back, since the heading says where one is.
            data-far={i !== Math.max(0, crumbs.length - 2)}
            className="data-[far=true]:max-sm:hidden flex min-w-0 items-center gap-1.5 last:flex-1 sm:first:not-last:max-w-[50%]"
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
    </div>
  );
}
