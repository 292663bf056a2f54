import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";

/** Leads to a sentence's meaning. `of`: what the link is named after; codes become words. */
export function HelpMark({ href, of }: { href: string; of: string }) {
  return (
    <Link
      href={href}
      aria-label={`Help: ${inWords(of)}`}
      data-tip="What this means, and what to do"
      className="mx-0.5 inline-flex align-[-2px] text-faint hover:text-accent focus-visible:text-accent print:hidden"
    >
      <Icon name="circle-question-mark" className="size-3.5" />
    </Link>
  );
}

function inWords(name: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(name)
    ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name;
}
