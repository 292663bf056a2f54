import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Azurite {
  connectionString: string;
  blobEndpoint: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/**
 * `folder` is kept after stop; the default is temporary. `inMemory` defaults to true without a folder. With
 * `port` 0, the default, the system picks a free port when binding, so nobody can take it in between. `tls`
 * serves https and accepts bearer tokens without checking signatures; clients must trust the certificate.
 * `startTimeoutMs` defaults to 60,000, since a busy machine needs many times the usual two seconds.
 */
export interface AzuriteOptions {
  folder?: string;
  inMemory?: boolean;
  port?: number;
  tls?: { key: string; cert: string };
  account?: string;
  startTimeoutMs?: number;
}

// Ends Azurite and its temporary folder with the parent, even after a kill -9, when the channel breaks.
const endWithParent = (temporary: boolean) => {
  const remove = temporary ? "rmSync(process.cwd(), { recursive: true, force: true });" : "";
  const code = `import { rmSync } from "node:fs"; process.on("disconnect", () => { ${remove} process.exit(); });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
};

/**
 * Starts a real Azurite blob service as a child process on loopback and waits until it answers. Each start
 * makes a new account key. `stop` ends it within 2 s, removes a temporary folder and can be called
 * repeatedly.
 * @throws Error with Azurite's output when it ends early or does not answer in time.
 */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const temporary = options.folder === undefined;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "tidemark-azurite-")));
  await mkdir(folder, { recursive: true });
  const { account = "devstoreaccount1", tls } = options;
  const key = randomBytes(64).toString("base64");
  if (tls)
    await Promise.all([
      writeFile(join(folder, "tls.key"), tls.key),
      writeFile(join(folder, "tls.cert"), tls.cert),
    ]);
  const child = launch(folder, `${account}:${key}`, options);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= end(child, ended, temporary).then(async () => {
      if (temporary) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });
    return stopping;
  };

  try {
    const port = await listening(child, options.startTimeoutMs ?? 60_000);
    const protocol = tls ? "https" : "http";
    const blobEndpoint = `${protocol}://127.0.0.1:${port}/${account}`;
    await answers(blobEndpoint);
    const connectionString = `DefaultEndpointsProtocol=${protocol};AccountName=${account};AccountKey=${key};BlobEndpoint=${blobEndpoint};`;
    return { connectionString, blobEndpoint, port, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch(folder: string, account: string, options: AzuriteOptions): ChildProcess {
  const inMemory = options.inMemory ?? options.folder === undefined;
  const main = createRequire(import.meta.url).resolve("azurite/dist/src/blob/main.js");
  const storage = inMemory ? ["--inMemoryPersistence"] : ["--location", folder];
  const address = ["--blobHost", "127.0.0.1", "--blobPort", String(options.port ?? 0)];
  const secure = options.tls ? ["--key", "tls.key", "--cert", "tls.cert", "--oauth", "basic"] : [];
  const flags = [
    ...address,
    "--silent",
    "--skipApiVersionCheck",
    "--disableTelemetry",
    ...storage,
    ...secure,
  ];
  return spawn(process.execPath, ["--import", endWithParent(options.folder === undefined), main, ...flags], {
    cwd: folder,
    env: { ...process.env, AZURITE_ACCOUNTS: account, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

function listening(child: ChildProcess, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`Azurite ${what}. Its output:\n${output.trim() || "(nothing)"}`));
    };
    const timer = setTimeout(() => fail(`was not up after ${timeoutMs} ms`), timeoutMs);
    const read = (chunk: Buffer) => {
      if (output.length < 20_000) output += chunk;
      const port = /successfully listens on https?:\/\/[^\s]*:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    // "close", not "exit": only then is the output complete.
    child.once("close", (code, signal) => fail(`ended before it was up (${signal ?? `exit code ${code}`})`));
  });
}

/** Sends a request without credentials: any answer with Azurite's headers proves that it serves. */
async function answers(blobEndpoint: string): Promise<void> {
  const response = await fetch(`${blobEndpoint}?comp=list`, { signal: AbortSignal.timeout(5_000) });
  await response.body?.cancel();
  const server = response.headers.get("server") ?? "";
  if (!server.includes("Azurite"))
    throw new Error(`${blobEndpoint} answers, but is not Azurite ("${server}")`);
}

async function end(child: ChildProcess, ended: Promise<void>, temporary: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const kill = () => void child.kill("SIGKILL");
  const timer = setTimeout(kill, temporary ? 0 : 1_500);
  if (!temporary) {
    child.stdout?.on("data", (chunk: Buffer) => chunk.includes("successfully closed") && kill());
    child.kill("SIGTERM");
  }
  await ended;
  clearTimeout(timer);
}
