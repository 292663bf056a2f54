import type { IconName } from "./icon-names.ts";
import sprite from "./icons.svg";

/**
 * One of Lucide's icons. Their drawings are one file for all pages, which the browser keeps: neither a page's markup
 * nor its scripts repeat them. It's decoration: what it means stands beside it in words.
 */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden className={`icon ${className}`}>
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
