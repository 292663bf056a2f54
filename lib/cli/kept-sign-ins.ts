import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

const signInSchema = z.object({ cookie: z.string(), name: z.string(), until: z.iso.datetime() });
const fileSchema = z.record(z.string(), signInSchema);

type KeptSignIn = z.infer<typeof signInSchema>;

export function configFolder(env: Readonly<Record<string, string | undefined>>): string {
  const home =
    process.platform === "win32"
      ? env.APPDATA || join(homedir(), "AppData", "Roaming")
      : env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return join(home, "tidemark");
}

/**
 * The sign-ins that `tidemark login` keeps, one for each dashboard, in a file that only its owner can read.
 */
export class KeptSignIns {
  readonly file: string;

  constructor(folder: string) {
    this.file = join(folder, "sign-ins.json");
  }

  async find(origin: string, now: number): Promise<KeptSignIn | null> {
    const kept = (await this.#read())[origin];
    return kept === undefined || Date.parse(kept.until) <= now ? null : kept;
  }

  /** @param signIn null: forgets it @throws Error where the file can't be written */
  async keep(origin: string, signIn: KeptSignIn | null, now: number): Promise<void> {
    const all = Object.entries(await this.#read());
    const others = all.filter(([other, { until }]) => other !== origin && Date.parse(until) > now);
    const left = signIn === null ? others : [...others, [origin, signIn]];
    if (left.length === 0) {
      await rm(this.file, { force: true });
      return;
    }
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    // Whole or not at all: another command may be reading it.
    const draft = `${this.file}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(Object.fromEntries(left), null, 2)}\n`, { mode: 0o600 });
    await rename(draft, this.file);
  }

  async #read(): Promise<Record<string, KeptSignIn>> {
    const text = await readFile(this.file, "utf8").catch(() => "{}");
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch {
      return {};
    }
  }
}
