import { lexer, type Token } from "marked";
import { anchorOf } from "#lib/client/help/anchors.ts";

/** A piece of a page: the heading that it stands below, and its own anchor where it is a heading itself. */
export interface PageBlock {
  token: Token;
  under: string;
  anchor: string | null;
  /** Of a heading: 1 for the page's title. */
  depth: number;
}

/** A page's Markdown, block by block. */
export function readPage(text: string): PageBlock[] {
  const anchors = new Map<string, number>();
  let under = "";
  const shown = lexer(text).filter(({ type }) => type !== "space" && type !== "html");
  return shown.map((token) => {
    if (token.type !== "heading") return { token, under, anchor: null, depth: 0 };
    under = plainText(token.tokens ?? []);
    return { token, under, anchor: anchorOf(under, anchors), depth: token.depth as number };
  });
}

/** The words of a line, without their marks. */
function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ("tokens" in token && token.tokens ? plainText(token.tokens) : wordsOf(token)))
    .join("");
}

/** Of one token without others in it. Markup says nothing. */
export function wordsOf(token: Token): string {
  return token.type === "html" || !("text" in token) ? "" : String(token.text);
}

/** What a page is for: the words of its first paragraph. */
export function purposeOf(text: string): string {
  const first = lexer(text).find(({ type }) => type === "paragraph");
  return plainText(first === undefined || !("tokens" in first) ? [] : (first.tokens ?? []));
}
