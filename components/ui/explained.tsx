import { CircleQuestionMark } from "lucide-react";
import Link from "next/link";

/** What something is, in short, and where that is said at length. */
export interface Explained {
  text: string;
  href: string;
}

/** The attributes that the page's tooltip reads. `more`: what is said of this one thing, before what it is in general. */
export function explainedProps(about: Explained | undefined, more: string | null = null) {
  if (about === undefined) return more === null ? {} : { "data-tip": more };
  return { "data-tip": more === null ? about.text : `${more}\n\n${about.text}`, "data-help": about.href };
}

/** A label that says what it is on hover and on focus, and leads there on a press. */
export function ExplainedLabel({ label, about }: { label: string; about: Explained | undefined }) {
  if (about === undefined) return label;
  return (
    <Link
      href={about.href}
      prefetch={false}
      {...explainedProps(about)}
      className="group/about inline-flex items-center gap-1 hover:text-ink"
    >
      {label}
      <CircleQuestionMark
        aria-hidden
        className="size-3 text-faint opacity-0 group-hover/about:opacity-100 group-focus-visible/about:opacity-100"
      />
    </Link>
  );
}
