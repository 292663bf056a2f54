import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer, type Tokens, walkTokens } from "marked";
import { describe, expect, it } from "vitest";
import { loadConfig } from "#lib/server/config/load-config.ts";
import { helpFiles, readHelp } from "#tests/support/help/fill.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };

const blocks = [read("README.md"), ...helpFiles().map(readHelp)].flatMap((text) => {
  const found: string[] = [];
  void walkTokens(lexer(text), (token) => {
    const { lang, text: code } = token as Tokens.Code;
    if (token.type === "code" && lang === "sh") found.push(code.replaceAll(/\\\n\s*/g, ""));
  });
  return found;
});

const runBy: [line: RegExp, by: string][] = [
  [/^tidemark [a-z]/, "tests/slow/cli/help-examples.test.ts"],
  [/^curl /, "tests/slow/cli/help-examples.test.ts"],
  [new RegExp(`^npx \\./tidemark-${version}\\.tgz( demo)?$`), "tests/stranger/package.spec.ts"],
  [/^npm (test|run (--silent )?\w+)\b/, "tests/scripts/scripts.test.ts"],
  [/^(export )?[A-Z_]+=.*$|^npm start$/, "tests/unit/house/help-commands.test.ts"],
  [/^docker run /, "tests/unit/house/help-commands.test.ts"],
  [/^helm install tidemark lib\/packaging\/helm\/tidemark /, "lib/packaging/helm/check"],
];

const file = {
  eventHubs: [
    {
      fullyQualifiedNamespace: "contoso.servicebus.windows.net",
      eventHubName: "orders",
      checkpointStores: [{ containerUrl: "https://contoso.blob.core.windows.net/checkpoints" }],
    },
  ],
};

function start(env: Record<string, string>) {
  const named = env.EVENTHUB_NAME === undefined ? { TIDEMARK_CONFIG: "example.json" } : {};
  return loadConfig({ ...env, ...named }, JSON.stringify(file));
}

function givenBy(block: string): Record<string, string> {
  const { PATH = "" } = process.env;
  const said = execFileSync("sh", ["-ec", block.replace(/npm start$/, "env")], { env: { PATH } as never });
  const lines = said.toString().trimEnd().split("\n");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

describe("an example for a shell", () => {
  it("is run by a test, each line of it", () => {
    const lines = blocks.flatMap((block) => block.split("\n")).filter((line) => !/^(#|\s*$)/.test(line));
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter((line) => !runBy.some(([pattern]) => pattern.test(line)))).toEqual([]);
    for (const [pattern, by] of runBy) {
      expect(
        lines.some((line) => pattern.test(line)),
        String(pattern),
      ).toBe(true);
      expect(existsSync(join(root, by)), by).toBe(true);
    }
  });

  const starting = blocks.filter((block) => block.endsWith("npm start"));

  it.skipIf(process.platform === "win32").each(starting)("starts a server: %s", (block) => {
    expect(starting.length).toBeGreaterThan(5);
    expect(() => start(givenBy(block))).not.toThrow();
    expect(block).toMatch(/^(export )?(TIDEMARK|EVENTHUB|DATABASE|OTEL)_/);
  });

  it("of a container starts with the image's own variables, and needs what it sets", () => {
    const [run = ""] = blocks.filter((block) => block.startsWith("docker run "));
    const [, image = ""] = /\nENV ([\s\S]*?)\nUSER/.exec(read("Dockerfile")) ?? [];
    const pairs = (text: string) =>
      Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value = ""]) => [name, value]));
    const own = pairs(image);
    const given = pairs([...run.matchAll(/--env (\S+)/g)].map(([, pair]) => pair).join(" "));
    expect(() => start({ ...own, ...given })).not.toThrow();
    expect(() => start(own)).toThrow(/TIDEMARK_ALLOW_ANONYMOUS/);
    expect(run).toContain(`:${own.TIDEMARK_DATA_DIR} `);
    expect(run).toContain(`:${own.PORT} `);
  });
});
