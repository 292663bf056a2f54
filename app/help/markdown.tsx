import type { Token, Tokens } from "marked";
import type { ReactNode } from "react";
import { CodeBlock, Heading, Table } from "./blocks.tsx";
import { Inline } from "./inline.tsx";
import type { PageBlock } from "./read-page.ts";

/** Renders Markdown as elements. Markup in the text is dropped, so nothing becomes HTML. */
export function Markdown({ blocks }: { blocks: readonly PageBlock[] }) {
  return blocks.map(({ token, under, anchor, depth }, index) =>
    anchor === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes while it is shown.
      <Block key={index} token={token} under={under} />
    ) : (
      <Heading key={anchor} depth={depth} anchor={anchor}>
        <Inline tokens={(token as Tokens.Heading).tokens} />
      </Heading>
    ),
  );
}

function Block({ token, under }: { token: Token; under: string }): ReactNode {
  switch (token.type) {
    case "paragraph":
      return (
        <p className="my-2 text-pretty">
          <Inline tokens={(token as Tokens.Paragraph).tokens} />
        </p>
      );
    case "text":
      return <Inline tokens={(token as Tokens.Text).tokens ?? [token]} />;
    case "list":
      return <List list={token as Tokens.List} under={under} />;
    case "code":
      return <CodeBlock text={(token as Tokens.Code).text} under={under} />;
    case "table":
      return <Table table={token as Tokens.Table} under={under} />;
    default:
      return null;
  }
}

function List({ list, under }: { list: Tokens.List; under: string }) {
  const Tag = list.ordered ? "ol" : "ul";
  return (
    <Tag className={`my-2 flex flex-col gap-1 pl-5 ${list.ordered ? "list-decimal" : "list-disc"}`}>
      {list.items.map((item) => (
        <li key={item.raw}>
          {item.tokens.map((token) => (
            <Block key={token.raw} token={token} under={under} />
          ))}
        </li>
      ))}
    </Tag>
  );
}
