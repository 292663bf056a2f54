import type { PageBlock } from "./read-page.ts";

const fewest = 3;

export function Contents({ blocks }: { blocks: readonly PageBlock[] }) {
  const sections = blocks.filter(({ depth }) => depth === 2);
  if (sections.length < fewest) return null;
  return (
    <nav aria-label="On this page" className="my-4 print:hidden">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {sections.map(({ anchor, under }) => (
          <li key={anchor}>
            <a href={`#${anchor}`} className="text-accent hover:underline">
              {under}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
