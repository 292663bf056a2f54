import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type NpmScript, runNpmScript } from "#tests/support/npm-script.ts";

const root = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const nobody = {
  EVENTHUB_CONNECTION_STRING:
    "Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true",
  EVENTHUB_NAME: "orders",
  STORAGE_CONNECTION_STRING: "UseDevelopmentStorage=true",
  CHECKPOINT_CONTAINER: "checkpoints",
};

const temporary = mkdtempSync(join(tmpdir(), "tidemark-scripts-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));

const temporaryFolder = () => mkdtempSync(join(temporary, "one-"));

/** Returns a one-page project with the real scripts, since other tests use this project's build. */
function smallProject(): string {
  const folder = temporaryFolder();
  const put = (file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  put("package.json", JSON.stringify({ type: "module", scripts: { build: scripts.build } }));
  put(
    "next.config.mjs",
    `export default { turbopack: { root: "/" }, typescript: { ignoreBuildErrors: true } };`,
  );
  put("app/layout.jsx", "export default ({ children }) => <html><body>{children}</body></html>;");
  put("app/page.jsx", "export default () => <p>One page</p>;");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "lib"));
  symlinkSync(join(root, "lib/bootstrap"), join(folder, "lib/bootstrap"));
  return folder;
}

const runs = (program: RegExp) => (script: NpmScript) =>
  script.processes().some((line) => program.test(line));
const says = (words: RegExp) => (script: NpmScript) => words.test(script.output());

/** A script this short may have ended by itself before the first look. */
const isShort = (script: NpmScript) =>
  script.npm.exitCode !== null || runs(/bootstrap\/(launch|prepare)/)(script);

const underWay: Record<string, { when: (script: NpmScript) => boolean; start?: () => NpmScript }> = {
  demo: { when: says(/Open http/), start: () => runNpmScript("demo", { env: { PORT: "" } }) },
  build: {
    when: says(/Creating an optimized/),
    start: () => runNpmScript("build", { cwd: smallProject() }),
  },
  start: {
    when: says(/listens on/),
    start: () =>
      runNpmScript("start", { env: { ...nobody, PORT: "0", TIDEMARK_DATA_DIR: temporaryFolder() } }),
  },
  sample: {
    when: says(/azure:event-hubs/),
    start: () => runNpmScript("sample", { env: { ...nobody, AZURE_LOG_LEVEL: "info" } }),
  },
  test: { when: runs(/^\S*postgres .*-D/) },
  soak: { when: runs(/^\S*postgres .*-D/) },
  bench: { when: runs(/^\S*postgres .*-D/) },
  check: { when: runs(/^\S*cli-\S*biome/) },
  format: { when: runs(/^\S*cli-\S*biome/) },
  shots: {
    when: runs(/azurite/),
    start: () => runNpmScript("shots", { args: [temporaryFolder()] }),
  },
  pictures: { when: runs(/azurite/) },
  docs: { when: isShort },
  token: { when: isShort, start: () => runNpmScript("token", { args: ["grafana", "viewer"] }) },
  package: {
    when: runs(/^\S*node lib\/packaging\/make-package/),
    start: () => runNpmScript("package", { args: [temporaryFolder()], env: { TMPDIR: temporaryFolder() } }),
  },
  stranger: {
    when: runs(/^\S*node \S*make-package/),
    start: () => runNpmScript("stranger", { env: { TMPDIR: temporaryFolder() } }),
  },
  // An SDK whose worker needs no set-up, so that nothing is fetched.
  interop: { when: runs(/vitest/), start: () => runNpmScript("interop", { args: ["javascript"] }) },
  "test:slow": { when: runs(/^\S*postgres .*-D/) },
};

describe.skipIf(process.platform !== "linux")("a script of package.json", () => {
  // Three at once, as the project says: most of the time they wait.
  it.concurrent.for(Object.entries(underWay))(
    "%s leaves nothing behind when npm alone is told to end",
    { timeout: 240_000 },
    async ([name, { when, start = () => runNpmScript(name) }], { onTestFinished }) => {
      const script = start();
      onTestFinished(() => void script.npm.kill("SIGKILL"));
      await vi.waitFor(
        () => expect([when(script), script.output()], "under way").toEqual([true, expect.anything()]),
        { timeout: 180_000, interval: 100 },
      );
      script.npm.kill("SIGTERM");
      await script.code;
      await vi.waitFor(() => expect(script.processes()).toEqual([]), { timeout: 10_000, interval: 100 });
    },
  );

  it("ends with the exit code of what it ran", async () => {
    const good = runNpmScript("token", { args: ["grafana", "viewer"] });
    expect(await good.code).toBe(0);
    expect(good.output()).toContain('"role":"viewer"');
    const bad = runNpmScript("token", { args: ["grafana", "emperor"] });
    expect(await bad.code).toBe(1);
    const program = runNpmScript("soak", { args: ["--no-such-option"] });
    expect(await program.code).toBe(1);
  });
});

it("every script is covered here", () => {
  const own = Object.keys(scripts).filter(
    (name) => scripts[name.replace(/^pre/, "")] === undefined || !name.startsWith("pre"),
  );
  expect(own.toSorted()).toEqual(Object.keys(underWay).toSorted());
});

it.each(Object.entries(scripts))("%s needs no particular shell", (_, text) => {
  expect(text).toMatch(
    /^(node (--[\w-]+=\d+ )?lib\/bootstrap\/(launch|prepare)\.mjs|npm) [^&|;<>$'`%!]*("[^"|;<>$'`%!]*")?$/,
  );
});
