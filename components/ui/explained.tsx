import { CircleQuestionMark } from "lucide-react";
import Link from "next/link";

export interface Explained {
  text: string;
  href: string;
}

export function explainedProps(about: Explained | undefined, more: string | null = null) {
  if (about === undefined) return more === null ? {} : { "data-tip": more };
  return { "data-tip": more === null ? about.text : `${more}\n\n${about.text}`, "data-help": about.href };
}

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
