import { Flag } from "lucide-react";
import Link from "next/link";
import { plotLeft, plotRight } from "./chart-axes.tsx";
import type { TimeFlag } from "./time-rows.ts";

/** A label needs so much of the width to itself; with less, the flag alone is drawn. */
const labelShare = 0.18;

/**
 * A row of flags above a chart, each the way to what happened there. Beside the picture, not in it: what a picture
 * holds can't be reached by keyboard.
 */
export function TimeFlags(props: { label: string; flags: readonly TimeFlag[]; from: number; to: number }) {
  const { label, flags, from, to } = props;
  if (flags.length === 0) return null;
  const shares = flags.map(({ at }) => (at - from) / Math.max(1, to - from));
  return (
    <ul
      aria-label={label}
      className="relative h-6 overflow-x-clip text-note"
      style={{ marginLeft: plotLeft, marginRight: plotRight }}
    >
      {flags.map(({ id, label: text, href }, i) => {
        const share = shares[i] ?? 0;
        const isRoomy = (shares[i + 1] ?? 1) - share > labelShare;
        return (
          <li key={id} className="absolute top-0 h-6" style={{ left: `${(share * 100).toFixed(3)}%` }}>
            <Link
              href={href}
              prefetch={false}
              data-tip={text}
              className="flex h-6 max-w-44 items-center gap-1 border-rewind border-l pr-1 pl-1 text-rewind hover:underline"
            >
              <Flag aria-hidden className="size-3 shrink-0" />
              <span className={isRoomy ? "foreign truncate max-sm:sr-only" : "sr-only"}>{text}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
