import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const program =
  "const body = require('node:fs').readFileSync(process.argv[1]);" +
  "const headers = { 'content-type': 'application/json', 'content-length': body.length };" +
  "const server = require('node:http').createServer((_, answer) => { answer.writeHead(200, headers); answer.end(body); });" +
  "server.listen(0, '127.0.0.1', () => console.log(server.address().port));";

/** A process that answers everything with these bytes, until the test is over. */
export async function startBareServer(bytes: Uint8Array): Promise<{ url: string; pid: number | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-bare-"));
  const file = join(folder, "body");
  await writeFile(file, bytes);
  const child = spawn(process.execPath, ["-e", program, file], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    child.kill();
    await rm(folder, { recursive: true });
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data) => resolve(String(data).trim())),
  );
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid };
}
