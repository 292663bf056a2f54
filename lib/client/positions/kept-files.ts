/**
 * The tab keeps an imported file, and the address its id, so that navigation loses nothing. Another tab's
 * file is null.
 */
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

export function keepFile(file: KeptFile): string {
  const id = hash(file.text);
  const value = JSON.stringify(file);
  inMemory.set(id, value);
  try {
    sessionStorage.setItem(prefix + id, value);
  } catch {}
  return id;
}

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
