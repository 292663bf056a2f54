import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";

export interface Explained {
  key: string;
  href: string;
}

/** `about` is the key of a text that loads when somebody points here; `more` is known here and stands above. */
export function explainedProps(about: string | undefined, more: string | null = null) {
  return {
    ...(more === null ? {} : { "data-tip": more }),
    ...(about === undefined ? {} : { "data-about": about }),
  };
}

export function ExplainedLabel({ label, about }: { label: string; about: Explained | undefined }) {
  if (about === undefined) return label;
  return (
    <Link
      href={about.href}
      {...explainedProps(about.key)}
      className="group/about inline-flex items-center gap-1 hover:text-ink"
    >
      {label}
      <Icon
        name="circle-question-mark"
        className="size-3 text-faint opacity-0 group-hover/about:opacity-100 group-focus-visible/about:opacity-100"
      />
    </Link>
  );
}
