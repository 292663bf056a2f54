import { clsx } from "clsx";
import type { Tokens } from "marked";
import type { ReactNode } from "react";
import { Inline } from "./inline.tsx";

const sizes: Record<number, string> = {
  1: "text-heading font-semibold tracking-tight",
  2: "mt-8 border-line border-t pt-4 text-[16px] font-semibold",
  3: "mt-5 text-[14px] font-semibold",
};

export function Heading({ depth, anchor, children }: { depth: number; anchor: string; children: ReactNode }) {
  const Tag = `h${Math.min(depth, 4)}` as "h1" | "h2" | "h3" | "h4";
  return (
    <Tag
      id={anchor}
      className={clsx(
        "group scroll-mt-16 text-pretty break-words target:text-accent",
        sizes[depth] ?? "mt-4 font-semibold",
      )}
    >
      {children}
      {depth === 1 ? null : (
        <a
          href={`#${anchor}`}
          aria-label="Link to this section"
          className="ml-2 text-faint opacity-0 focus:opacity-100 group-hover:opacity-100 print:hidden"
        >
          #
        </a>
      )}
    </Tag>
  );
}

const scrolling = "my-3 overflow-x-auto rounded-md border border-line";

export function CodeBlock({ text, under }: { text: string; under: string }) {
  return (
    <figure
      aria-label={`Example of ${under}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={clsx(scrolling, "bg-raised print:overflow-visible")}
    >
      <pre className="px-3 py-2 font-mono text-[12px] leading-[18px] print:whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
    </figure>
  );
}

export function Table({ table, under }: { table: Tokens.Table; under: string }) {
  return (
    <figure
      aria-label={`Table of ${under}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={clsx(scrolling, "print:overflow-visible")}
    >
      <table className="w-full border-collapse text-left [&_td]:min-w-28">
        <thead className="bg-raised">
          <tr>
            {table.header.map((cell) => (
              <th key={cell.text} scope="col" className="px-3 py-1.5 align-bottom font-semibold">
                {cell.text === "" ? <span className="sr-only">What</span> : <Inline tokens={cell.tokens} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.map(({ text }) => text).join("|")} className="border-line border-t align-top">
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes while it is shown.
                <td key={index} className="px-3 py-1.5">
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
