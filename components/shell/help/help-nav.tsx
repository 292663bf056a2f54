"use client";

import { usePathname } from "next/navigation";
import { Link } from "#components/ui/text/link.tsx";
import { helpPages } from "#lib/client/help/help-contents.ts";
import { helpPagePath, helpPath } from "#lib/client/help/help-pages.ts";

const links = [
  { href: helpPath, title: "All of the help" },
  ...helpPages.map(({ slug, title }) => ({ href: helpPagePath(slug), title })),
];

export function HelpNav() {
  const here = usePathname();
  const list = (
    <ul className="flex flex-col">
      {links.map(({ href, title }) => (
        <li key={href}>
          <Link
            href={href}
            {...(href === here ? { "aria-current": "page" as const } : {})}
            className="block rounded-md px-2 py-1 text-muted hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <nav aria-label="Help" className="shrink-0 print:hidden md:w-52">
      <div className="sticky top-16 max-md:hidden">{list}</div>
      <details className="rounded-md border border-line px-2 py-1 md:hidden">
        <summary className="px-2 py-1">Pages of the help</summary>
        {list}
      </details>
    </nav>
  );
}
