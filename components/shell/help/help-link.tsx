"use client";

import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { helpPath } from "#lib/client/help/help-pages.ts";

export function HelpLink() {
  return (
    <Link
      href={helpPath}
      prefetch={false}
      aria-label="Help"
      data-tip="Help"
      className={buttonClass("outline")}
    >
      <CircleHelp aria-hidden className="size-3.5" />
    </Link>
  );
}
