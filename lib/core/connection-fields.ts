export interface ConnectionFields {
  get(name: string): string | undefined;
  readonly ambiguous: readonly string[];
}

/**
 * Splits `Name=value;Name=value` as people paste it: quoted, with blanks or line breaks around `;` and `=`,
 * names in any casing. A blank value counts as missing. Values are secrets: nothing here repeats one.
 */
export function readConnectionFields(text: string): ConnectionFields {
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const part of unquoted(text).split(";")) {
    const split = part.indexOf("=");
    if (split < 1) continue;
    const name = unquoted(part.slice(0, split)).toLowerCase();
    const value = unquoted(part.slice(split + 1));
    if (value === "") continue;
    if ((found.get(name) ?? value) !== value) ambiguous.add(name);
    found.set(name, value);
  }
  return { get: (name) => found.get(name.toLowerCase()), ambiguous: [...ambiguous] };
}

function unquoted(text: string): string {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(trimmed)?.[2];
  return quoted === undefined ? trimmed : unquoted(quoted);
}

export function readEndpoint(text: string, scheme: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  return url === null || url.hostname === "" ? null : url;
}
