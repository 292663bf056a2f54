import type { Token, Tokens } from "marked";
import type { ReactNode } from "react";
import { Link } from "#components/ui/text/link.tsx";
import { productLink } from "#lib/client/help/anchors.ts";
import { helpPath } from "#lib/client/help/help-pages.ts";
import { Picture } from "./picture.tsx";
import { wordsOf } from "./read-page.ts";

export function Inline({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes while it is shown.
    <Piece key={index} token={token} />
  ));
}

function Piece({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case "strong":
      return (
        <strong className="font-semibold">
          <Inline tokens={(token as Tokens.Strong).tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inline tokens={(token as Tokens.Em).tokens} />
        </em>
      );
    case "codespan":
      return (
        <code className="rounded bg-raised px-1 py-px font-mono text-[12px] break-words">
          {(token as Tokens.Codespan).text}
        </code>
      );
    case "link":
      return <HelpLink link={token as Tokens.Link} />;
    case "image": {
      const { href, text } = token as Tokens.Image;
      return <Picture src={productLink(href) ?? ""} alt={text} />;
    }
    case "br":
      return <br />;
    default:
      return wordsOf(token);
  }
}

function HelpLink({ link }: { link: Tokens.Link }) {
  const href = productLink(link.href);
  const words = <Inline tokens={link.tokens} />;
  if (href === null) return words;
  const className = "text-accent underline underline-offset-2 hover:no-underline";
  if (href.startsWith(helpPath) && !href.includes(".")) {
    return (
      <Link href={href} className={className}>
        {words}
      </Link>
    );
  }
  const isOutside = href.startsWith("https:");
  return (
    <a href={href} {...(isOutside ? { target: "_blank", rel: "noreferrer" } : {})} className={className}>
      {words}
    </a>
  );
}
