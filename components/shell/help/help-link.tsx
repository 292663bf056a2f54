"use client";

import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { helpPath } from "#lib/client/help/help-pages.ts";

export function HelpLink() {
  return (
    <Link href={helpPath} aria-label="Help" data-tip="Help" className={buttonClass("outline")}>
      <Icon name="circle-question-mark" className="size-3.5" />
    </Link>
  );
}
