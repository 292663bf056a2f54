import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const mostLines = 150;
const read = (file: string) => readFileSync(join(root, file), "utf8");
const rooms = globSync("lib/**/{README,GLOSSARY}.md", { cwd: root });
const code = globSync("{app,components,lib,tests}/**/*.{ts,tsx,mjs}", {
  cwd: root,
  exclude: ["**/node_modules/**"],
});

interface Link {
  from: string;
  to: string;
  anchor: string | null;
}

const withoutCode = (text: string) => text.replaceAll(/```.*?```|`[^`\n]*`/gs, "");

function anchorOf(heading: string): string {
  const kept = heading.trim().toLowerCase();
  return kept.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
}

function anchorsIn(file: string): string[] {
  const text = read(file).replaceAll(/```.*?```/gs, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

function linksOfPage(from: string): Link[] {
  const targets = [...withoutCode(read(from)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", anchor = null] = target.split("#");
      return { from, to: path === "" ? from : normalize(join(dirname(from), path)), anchor };
    });
}

function linksInCode(from: string): Link[] {
  const cited = read(from).matchAll(/\b(lib\/[\w/-]+\/(?:README|GLOSSARY)\.md)(?:#([\w-]+))?/g);
  return [...cited].map(([, to = "", anchor = null]) => ({ from, to, anchor }));
}

const broken = (links: Link[]) =>
  links.filter(
    ({ to, anchor }) => !existsSync(join(root, to)) || (anchor !== null && !anchorsIn(to).includes(anchor)),
  );

describe("the rooms' READMEs", () => {
  it("follows every link between them and from the first README", () => {
    const links = ["README.md", "CONTRIBUTING.md", ...rooms].flatMap(linksOfPage);
    expect(links.length).toBeGreaterThan(25);
    expect(broken(links)).toEqual([]);
  });

  it("follows every link that a comment cites, and each names its section", () => {
    const links = code.flatMap(linksInCode);
    expect(links.length).toBeGreaterThan(40);
    expect(broken(links)).toEqual([]);
    expect(links.filter(({ anchor }) => anchor === null)).toEqual([]);
  });

  it("detects a link to a missing file or section", () => {
    const [from, to] = ["README.md", join("lib/lag", "README.md")];
    const sound = { from, to, anchor: "lag" };
    const nowhere = [
      { from, to, anchor: "nothing-of-that-name" },
      { from, to: "lib/lag/NOTHING.md", anchor: null },
    ];
    expect(broken([sound, ...nowhere])).toEqual(nowhere);
  });

  it("keeps each short enough for one sitting", () => {
    const lengths = rooms.map((file) => ({ file, lines: read(file).trimEnd().split("\n").length }));
    expect(lengths.filter(({ lines }) => lines > mostLines)).toEqual([]);
  });

  it("keeps the first README to one page", () => {
    expect(read("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  });

  it("ends with dated decisions, if there are any", () => {
    const decided = rooms.filter((file) => read(file).includes("\n## Decisions\n"));
    expect(decided.length).toBeGreaterThan(8);
    for (const file of decided) {
      const [, decisions = "", ...more] = read(file).split("\n## Decisions\n");
      expect(more, file).toEqual([]);
      for (const line of decisions.trim().split("\n")) expect(line, file).toMatch(/^- \*\*\d{4}-\d\d-\d\d, /);
    }
  });

  it("cites no source that is not in the repository", () => {
    const outside = /\bfacts(?:\.md|,? +sections? +\d)/;
    expect([...code, ...rooms, "README.md"].filter((file) => outside.test(read(file)))).toEqual([]);
  });
});
