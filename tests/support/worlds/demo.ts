import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const script = join(import.meta.dirname, "../../../lib/sandbox/demo.ts");

export interface Demo {
  url: string;
  child: ChildProcess;
}

export async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return await new Promise((found, failed) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const url = /Open (http:\S+)/.exec(text)?.[1];
      if (url !== undefined) found({ url, child });
    });
    child.once("exit", (code) => failed(new Error(`The demo ended (exit code ${code}).`)));
  });
}
