import type { Metadata } from "next";
import { openPage } from "#app/page-access.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { helpPages } from "#lib/client/help/help-contents.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { purposeOf } from "./read-page.ts";
import { texts } from "./texts.ts";

export const metadata: Metadata = { title: "Help" };

export default openPage(function HelpIndex() {
  return (
    <>
      <h1 className="font-semibold text-heading tracking-tight">Help</h1>
      <dl className="mt-3 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {helpPages.map(({ slug, title }) => (
          <div key={slug}>
            <dt>
              <Link href={helpPagePath(slug)} className="font-semibold text-accent hover:underline">
                {title}
              </Link>
            </dt>
            <dd className="text-pretty text-muted">{purposeOf(texts[slug])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
});
