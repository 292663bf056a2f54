import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { ConfigError } from "./config/config.ts";
import { configFileOf, loadConfig } from "./config/load-config.ts";
import { unknownVariables } from "./config/variables.ts";
import { goThroughProxies } from "./go-through-proxies.ts";
import { log } from "./http/log.ts";
import { openPort } from "./http/ports.ts";

const root = join(import.meta.dirname, "../..");
const stopWithinMs = 8_000;
const heapGrowingPercent = 40;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const help = `Serves the dashboard: npm start in a clone, tidemark with the package. It takes no arguments.

It shows what tidemark.config.json or the file in TIDEMARK_CONFIG names, on HOSTNAME (127.0.0.1) and PORT (3000):
  PORT=3001 npm start

app/help/pages/configuration.md lists every setting and variable; a running dashboard has it at /help/configuration.
`;

function answerArguments(args: readonly string[]): void {
  if (args.length === 0) return;
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    process.stdout.write(help);
    process.exit(0);
  }
  process.stderr.write(`The dashboard takes no arguments; it got ${args.join(" ")}.\n\n${help}`);
  process.exit(2);
}

async function main(): Promise<void> {
  answerArguments(process.argv.slice(2));
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
  // Left alone, V8 lets the heap grow to several times what is used before it collects.
  setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
  // Set before importing Next, which reads it while loading.
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  goThroughProxies(config.proxies, process.env);
  const { server, access } = config;
  const ports = {
    main: await openPort(server),
    operations:
      access.operationsPort === null ? null : await openPort({ ...server, port: access.operationsPort }),
  };
  const { serve } = await import("./serve.ts");
  const load = (content: string) => loadConfig(env, content);
  const started = serve(config, root, { file, text: text ?? "", load }, ports);
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
