import { CircleQuestionMark } from "lucide-react";
import Link from "next/link";

/** A question mark after a sentence, that leads to what it means. `of`: what the link is called after. */
export function HelpMark({ href, of }: { href: string; of: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={`Help: ${of}`}
      data-tip="What this means, and what to do"
      className="mx-0.5 inline-flex align-[-2px] text-faint hover:text-accent focus-visible:text-accent print:hidden"
    >
      <CircleQuestionMark aria-hidden className="size-3.5" />
    </Link>
  );
}
