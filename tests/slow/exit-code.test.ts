import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

// A run with failed tests must not end as if all had passed. The server's package once caused that.
it("keeps the exit code of a run after serving it a PostgreSQL", async () => {
  const file = pathToFileURL(join(import.meta.dirname, "../support/postgres.ts")).href;
  const script = `
    const { default: setup } = await import(${JSON.stringify(file)});
    const stop = await setup({ provide: () => {} });
    process.exitCode = 3;
    await stop();
  `;
  const run = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  run.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  expect((await once(run, "close"))[0]).toBe(3);
  expect(told).toBe("");
});
