/** What was imported, kept for this tab alone: the address names it, and going back and forth loses nothing. */
export interface KeptFile {
  name: string;
  text: string;
}

const prefix = "tidemark-file-";
const inMemory = new Map<string, string>();

function hash(text: string): string {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return `${h.toString(36)}-${text.length.toString(36)}`;
}

/** Keeps a file; answers the name that the address carries. */
export function keepFile(file: KeptFile): string {
  const id = hash(file.text);
  const value = JSON.stringify(file);
  inMemory.set(id, value);
  try {
    sessionStorage.setItem(prefix + id, value);
  } catch {
    // The browser keeps nothing for this page, or has no room: it holds until a reload.
  }
  return id;
}

/** Null where this tab has no such file: the address came from elsewhere. */
export function keptFile(id: string): KeptFile | null {
  try {
    const value = inMemory.get(id) ?? sessionStorage.getItem(prefix + id);
    const file = JSON.parse(value ?? "null") as Partial<KeptFile> | null;
    return typeof file?.name === "string" && typeof file.text === "string"
      ? { name: file.name, text: file.text }
      : null;
  } catch {
    return null;
  }
}
