import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { lexer, type Token, type Tokens, walkTokens } from "marked";
import { describe, expect, it } from "vitest";
import { productLink } from "#lib/client/help/anchors.ts";
import headings from "#lib/client/help/headings.json" with { type: "json" };
import { helpPages } from "#lib/client/help/help-contents.ts";
import { helpDestinations } from "#lib/client/help/help-destinations.ts";
import { loadConfig } from "#lib/server/config/load-config.ts";
import { filled, headingsIndex, headingsOf, helpFiles, readHelp } from "#tests/support/help/fill.ts";
import { drawIcons } from "#tests/support/help/icons.ts";
import { incidentHelp } from "#tests/support/help/incident-help.ts";
import { unpadded } from "#tests/support/help/markdown-table.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const folder = "app/help/pages";
const files = ["README.md", ...helpPages.map(({ slug }) => `${folder}/${slug}.md`)];
const slugs = helpPages.map(({ slug }) => slug);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  void walkTokens(lexer(text), (token) => {
    tokens.push(token);
  });
  return tokens;
}

const ofType = <T extends Token>(file: string, type: string) =>
  tokensOf(read(file)).filter((token): token is T => token.type === type);

describe("the help", () => {
  it("has a file for each page, and a page for each file", () => {
    expect(helpFiles().toSorted()).toEqual(slugs.toSorted());
  });

  it.each(slugs)("begins %s with its title and its purpose", (slug) => {
    const [title, , purpose] = lexer(readHelp(slug));
    expect(title).toMatchObject({ type: "heading", depth: 1 });
    expect(purpose).toMatchObject({
      type: "paragraph",
      text: expect.stringMatching(/^[A-Z][^\n]{20,300}[.:]$/),
    });
  });

  it.each(slugs)("has in %s what the code runs on: after a change run `npm run docs`", (slug) => {
    expect(unpadded(readHelp(slug))).toBe(unpadded(filled(readHelp(slug))));
  });

  it("tells of incidents in plain words with links, and names the API's params last", () => {
    const sections = Object.keys(incidentHelp).map((code) => {
      const [, section = ""] = readHelp("reasons").split(`### \`${code}\`\n`);
      return section.split(/^##/m)[0]?.trim().split("\n\n") ?? [];
    });
    expect(sections.map(([first]) => first).filter((first) => first?.includes("`"))).toEqual([]);
    expect(
      sections.filter((lines) => lines.slice(0, -1).some((line) => line.startsWith("In the API"))),
    ).toEqual([]);
    expect(sections.filter((lines) => !lines.join().includes(".md"))).toEqual([]);
  });

  it("holds in README what the last run of the SDKs found: after a change run `npm run docs`", () => {
    expect(unpadded(read("README.md"))).toBe(unpadded(filled(read("README.md"))));
  });

  it("lists its sections for the palette: after a change run `npm run docs`", () => {
    expect(headings).toEqual(headingsIndex());
  });

  it("has no markup except comments, which the pages would drop", () => {
    for (const slug of slugs) {
      const markup = tokensOf(readHelp(slug)).filter(
        ({ type, raw }) => type === "html" && !raw.startsWith("<!--"),
      );
      expect(
        markup.map(({ raw }) => raw),
        slug,
      ).toEqual([]);
      expect(readHelp(slug).match(/&[a-z]+;/g), slug).toBeNull();
    }
  });

  it("is found by words of a section, and as one entry before anything is typed", () => {
    expect(helpDestinations(" ")).toHaveLength(1);
    expect(helpDestinations("stalled").map(({ href }) => href)).toContain("/help/figures#stalled");
  });
});

describe("links", () => {
  const broken = (file: string) =>
    ofType<Tokens.Link>(file, "link").flatMap(({ href }) => {
      if (/^https?:/.test(href)) return [];
      const [path = "", anchor] = href.split("#");
      const to = path === "" ? file : normalize(join(dirname(file), path));
      if (!existsSync(join(root, to))) return [href];
      return anchor === undefined || anchor in headingsOf(read(to)) ? [] : [href];
    });

  it.each(files)("lead somewhere in %s", (file) => {
    expect(broken(file)).toEqual([]);
  });

  it("show existing pictures, light and dark", () => {
    const shown = [...read("README.md").matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(shown.length).toBe(8);
    expect(shown.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("show in the help pictures that there are, light and dark", () => {
    const shown = slugs.flatMap((slug) =>
      ofType<Tokens.Image>(`${folder}/${slug}.md`, "image").map(({ href }) => productLink(href) ?? href),
    );
    expect(shown.length).toBeGreaterThan(3);
    const both = shown.flatMap((src) => [src, src.replace("-light.", "-dark.")]);
    expect(both.filter((src) => !/^\/help\/[a-z]+-(light|dark)\.webp$/.test(src))).toEqual([]);
    expect(both.filter((src) => !existsSync(join(root, "public", src)))).toEqual([]);
  });

  it("lead in the product to the same page, file or site, and nowhere for files of the repository alone", () => {
    expect(productLink("resets.md#live-resets")).toBe("/help/resets#live-resets");
    expect(productLink("../../../public/prometheus-rules.yml")).toBe("/prometheus-rules.yml");
    expect(productLink("https://learn.microsoft.com/")).toBe("https://learn.microsoft.com/");
    expect(productLink("#lag")).toBe("#lag");
    expect(productLink("../../../SECURITY.md")).toBeNull();
  });

  it("of the product lead to existing sections", () => {
    const sources = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: root });
    const cited = sources.flatMap((file) =>
      [
        ...read(file).matchAll(/["'`]\/help\/([a-z-]+)(?:#([\w-]+))?["'`]/g),
        ...read(file).matchAll(/helpPagePath\("([a-z-]+)"(?:, "([\w-]+)")?\)/g),
      ].map(([, slug, anchor]) => ({
        file,
        slug: slug ?? "",
        anchor,
      })),
    );
    const wrong = cited.filter(
      ({ slug, anchor }) =>
        !slugs.includes(slug as never) || (anchor !== undefined && !(anchor in headingsOf(readHelp(slug)))),
    );
    expect(wrong).toEqual([]);
    expect(cited.length).toBeGreaterThan(25);
  });
});

describe("examples", () => {
  const blocks = files.flatMap((file) =>
    ofType<Tokens.Code>(file, "code").map((code) => ({ file, ...code })),
  );
  const configurations = blocks.filter(({ lang, text }) => lang === "json" && text.includes('"eventHubs"'));

  it("of a configuration load, each with the variables that it names", () => {
    expect(configurations.length).toBeGreaterThan(8);
    for (const { file, text } of configurations) {
      const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
      const env = Object.fromEntries(names.map((name) => [name, exampleOf(name)]));
      expect(() => loadConfig({ ...env, TIDEMARK_CONFIG: "example.json" }, text), file).not.toThrow();
    }
  });

  it("of JSON parse", () => {
    for (const { file, text } of blocks.filter(({ lang }) => lang === "json")) {
      expect(() => JSON.parse(text), `${file}: ${text}`).not.toThrow();
    }
  });

  it("of npm name existing scripts", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = files.flatMap((file) =>
      [...read(file).matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g)].map(
        ([, script, word]) => script ?? word ?? "",
      ),
    );
    expect(new Set(named).size).toBeGreaterThan(6);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

function exampleOf(name: string): string {
  if (name.startsWith("EVENTHUB"))
    return "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=a2V5";
  if (name.startsWith("STORAGE"))
    return "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=core.windows.net";
  return name.endsWith("SECRET") ? "sixteen-characters" : "https://alerts.example/hook";
}

it("draws each icon that pages name as Lucide does", () => {
  expect(read("components/ui/icons/icons.svg")).toBe(drawIcons());
});
