import { lexer, type Token } from "marked";
import { anchorOf } from "#lib/client/help/anchors.ts";

export interface PageBlock {
  token: Token;
  under: string;
  anchor: string | null;
  depth: number;
}

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

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ("tokens" in token && token.tokens ? plainText(token.tokens) : wordsOf(token)))
    .join("");
}

export function wordsOf(token: Token): string {
  return token.type === "html" || !("text" in token) ? "" : String(token.text);
}

export function purposeOf(text: string): string {
  const first = lexer(text).find(({ type }) => type === "paragraph");
  return plainText(first === undefined || !("tokens" in first) ? [] : (first.tokens ?? []));
}
