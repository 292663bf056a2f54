import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { hubString, load, problems, store } from "./loading.ts";

const file = { eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] };
const logger = join(import.meta.dirname, "../../../lib/server/http/log.ts");

it("lists the valid levels among the configuration's other faults when it is not one", () => {
  const found = problems(() => load({ ...file, refreshSeconds: 0 }, { TIDEMARK_LOG_LEVEL: "verbose" }));
  expect(found).toHaveLength(2);
  expect(found).toContain(
    "TIDEMARK_LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent",
  );
});

it.each(["", "debug", " WARN ", "silent"])("may be %j", (level) => {
  expect(load(file, { TIDEMARK_LOG_LEVEL: level }).eventHubs).toHaveLength(1);
});

// A child process is needed: the logger reads the environment when it is loaded.
it.each([
  ["verbose", "info"],
  ["", "info"],
  ["Debug", "debug"],
])("%j makes a logger that tells %s and above", async (level, told) => {
  const script = `import(process.argv[1]).then(({ log }) => process.stdout.write(log.level))`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, logger], {
    env: { ...process.env, TIDEMARK_LOG_LEVEL: level },
  });
  expect(stdout).toBe(told);
});
