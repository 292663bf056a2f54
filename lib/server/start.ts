import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./config/config.ts";
import { configFileOf, loadConfig } from "./config/load-config.ts";
import { unknownVariables } from "./config/variables.ts";
import { goThroughProxies } from "./go-through-proxies.ts";
import { log } from "./http/log.ts";

const root = join(import.meta.dirname, "../..");
const stopWithinMs = 8_000;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  // The environment is read only at the start; the file is read again with the same variables.
  const env = { ...process.env };
  const file = configFileOf(env);
  const text = file === null ? "" : readText(file);
  const config = loadConfig(env, text ?? undefined);
  const unknown = unknownVariables(process.env);
  if (unknown.length > 0) {
    log.warn({ variables: unknown }, "The dashboard knows no variables of these names: they have no effect.");
  }
  if (!existsSync(join(root, ".next/BUILD_ID"))) {
    fail("There is no build yet: run `npm run build` first.");
  }
  // Set before importing Next, which reads it while loading.
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  goThroughProxies(config.proxies, process.env);
  const { serve } = await import("./serve.ts");
  const load = (content: string) => loadConfig(env, content);
  const started = serve(config, root, { file, text: text ?? "", load });
  endWith(async () => (await started).stop());
  reloadWith(async () => (await started).reload());
  await started;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Reloads on SIGHUP, except with a terminal, where it means that the terminal is gone. */
function reloadWith(reload: () => Promise<void>): void {
  if (process.platform !== "win32" && !hasTerminal()) process.on("SIGHUP", () => void reload());
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

/** Stops on a signal, also during the start, and exits with 0. */
function endWith(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    // A hanging call must not keep a stopped dashboard alive.
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`Stopping failed: ${String(error)}`),
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // Emitted when a parent with a channel ends.
  process.on("disconnect", end);
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) {
    fail(error.message);
  }
  fail(error instanceof Error ? error.message : String(error));
});
