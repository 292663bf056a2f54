import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as { repository: { url: string } };
const repository = /github\.com\/(.+)\.git$/.exec(manifest.repository.url)?.[1] ?? "";
const image = `ghcr.io/${repository}`;

it("says one address of the repository and of the image everywhere", () => {
  expect(repository).toMatch(/^[\w-]+\/[\w-]+$/);
  expect(read("lib/packaging/helm/tidemark/values.yaml")).toContain(`  repository: ${image}\n`);
  for (const file of ["README.md", "app/help/pages/get-started.md"])
    expect(read(file)).toContain(`(https://github.com/${repository}/releases)`);
  const security = read("SECURITY.md");
  expect(security).toContain(`--repo ${repository}\n`);
  expect(security).toContain(`cosign verify ${image}:`);
  expect(security).toContain(`https://github.com/${repository}/.github/workflows/release.yml@`);
  // The workflow publishes to its own repository, so it has to refuse any other.
  const release = read(".github/workflows/release.yml");
  expect(release).toMatch(/ghcr\.io\/\$\{\{ github\.repository \}\}:/);
  expect(release).toContain(`.repository.url')" = "git+https://github.com/$GITHUB_REPOSITORY.git"`);
});

it("leaves no placeholder in what is published", () => {
  const published = execFileSync(
    "git",
    ["ls-files", "*.md", ".github", "lib/packaging", "*.yaml", "Dockerfile"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const files = published.trim().split("\n");
  expect(files.length).toBeGreaterThan(40);
  const placeholder =
    /\bOWNER\b|\bTODO\b|\bFIXME\b|\bCHANGE_?ME\b|\b(YOUR|your)[-_](org|name|repo)\b|<(owner|org|repo)>/;
  expect(files.filter((file) => placeholder.test(read(file)))).toEqual([]);
});

it("takes every parameter of the Bicep from azd's environment", () => {
  const declared = [...read("lib/packaging/azure/main.bicep").matchAll(/^param (\w+) /gm)].map(
    ([, name]) => name,
  );
  const { parameters } = JSON.parse(read("lib/packaging/azure/main.parameters.json")) as {
    parameters: Record<string, { value: string }>;
  };
  // An empty string would replace the tenant of the subscription.
  const own = declared.filter((name) => name !== "tenantId");
  expect(Object.keys(parameters).toSorted()).toEqual(own.toSorted());
  for (const { value } of Object.values(parameters)) expect(value).toMatch(/^\$\{[A-Z_]+(=\w+)?\}$/);
});

it("provisions once more after the first image, with the probes", () => {
  const bicep = read("lib/packaging/azure/main.bicep");
  expect(bicep).toMatch(/output TIDEMARK_PROBES string = empty\(image\) \? 'missing' : 'set'/);
  expect(read("azure.yaml").match(/TIDEMARK_PROBES\S* (=|-eq) '?missing'?.*azd provision/g)).toHaveLength(2);
});

it("checks the chart wherever CI runs, and its objects against their schemas on GitHub", () => {
  const run = read(".ci/run");
  expect(run).toContain("lib/packaging/helm/check");
  // The check runs beside the rest, so its end has to be waited for.
  expect(run).toMatch(/wait "\$checking" \|\|.*exit 1/);
  const [, chart = ""] = read(".github/workflows/ci.yml").split(/^ {2}chart:/m);
  expect(chart).toMatch(
    /kubectl-validate@[\s\S]*run: lib\/packaging\/helm\/check[\s\S]*CHART_SCHEMAS: required/,
  );
});
