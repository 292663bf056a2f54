import { XmlFault } from "./xml-tokens.ts";

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Decodes like the SDK: XML's five named entities only. */
export function decoded(text: string): string {
  if (!text.includes("&")) return lineBreaks(text);
  return lineBreaks(text).replace(/&(?:([#\w]{1,20});)?/g, (whole, name: string | undefined) => {
    if (name === undefined) throw new XmlFault("a text holds a bare &");
    return entities[name] ?? whole;
  });
}

export function lineBreaks(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

const scratch = Buffer.alloc(8_192);

/** Copies the text: a slice would keep the whole page in memory. */
export function flat(text: string): string {
  if (text.length < 13) return text;
  if (text.length > 2_000) return Buffer.from(text, "utf8").toString("utf8");
  return scratch.toString("utf8", 0, scratch.write(text, 0, "utf8"));
}
