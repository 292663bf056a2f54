import { randomUUID } from "node:crypto";

/** Secrets that can be recognised wherever they come up, by the names of what they are for. */
export class Planted {
  readonly #secrets = new Map<string, string>();

  /** @param as how the configuration wants it; with it its forms are searched for, too */
  plant(name: string, as: (text: string) => string = (text) => text): string {
    const secret = as(`${name}/Zq7+${randomUUID()}`);
    this.#secrets.set(name, secret);
    return secret;
  }

  /** The names of those that a text gives away: as they are, encoded for an address, or anywhere inside base64. */
  foundIn(text: string): string[] {
    return [...this.#secrets].flatMap(([name, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
    );
  }
}

function formsOf(secret: string): string[] {
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.from(" ".repeat(offset) + secret).toString("base64");
    // The first and the last characters hold bits of what stands beside it.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  const base64 = inside.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
  const encoded = [encodeURIComponent(secret), encodeURIComponent(encodeURIComponent(secret))];
  const escaped = JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/");
  return [secret, ...encoded, ...base64, escaped, Buffer.from(secret).toString("hex")];
}
