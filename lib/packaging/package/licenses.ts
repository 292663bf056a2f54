import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, readManifest } from "./manifests.ts";

export function licensesOf(folders: readonly string[]): string {
  const notices = new Map(folders.map((folder) => notice(folder)));
  const sorted = [...notices].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `Tidemark's package contains files of these packages.\n\n${sorted.map(([, text]) => text).join("\n")}`;
}

function notice(folder: string): [string, string] {
  const { name, version, license = "see its own words" }: Manifest = readManifest(folder);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(file) && !/\.[jt]s$/.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const title = `${name} ${version} (${typeof license === "string" ? license : JSON.stringify(license)})`;
  return [title, [`${"=".repeat(80)}\n${title}`, ...texts, ""].join("\n\n")];
}
