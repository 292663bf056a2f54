import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { unknownVariables, variables } from "#lib/server/config/variables.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const namesIn = (text: string) => new Set(text.match(/TIDEMARK_[A-Z_]+[A-Z]/g));

it("are all that the code reads", () => {
  const files = globSync("{app,components,lib}/**/*.{ts,tsx,mjs}", { cwd: root });
  // The demo's own variables pass between its processes.
  const own = files.filter((file) => !file.startsWith(join("lib", "sandbox")));
  expect(own.length).toBeGreaterThan(300);
  const mentioned = own
    .filter((file) => !file.endsWith("variables.ts"))
    .flatMap((file) => [...namesIn(read(file))]);
  expect([...new Set(mentioned)].toSorted()).toEqual(variables);
});

it("are told apart from mistyped ones without repeating their values", () => {
  const env = {
    TIDEMARK_AUTH: "none",
    TIDEMARK_READONLY: "false",
    TIDEMARK_PORT: "8080",
    PORT: "1",
    TIDE: "x",
  };
  expect(unknownVariables(env)).toEqual(["TIDEMARK_PORT", "TIDEMARK_READONLY"]);
});

it("are told apart from those that Kubernetes sets for a service of the same name", () => {
  const env = {
    TIDEMARK_SERVICE_HOST: "10.0.0.7",
    TIDEMARK_SERVICE_PORT: "80",
    TIDEMARK_SERVICE_PORT_HTTP: "80",
    TIDEMARK_PORT: "tcp://10.0.0.7:80",
    TIDEMARK_PORT_80_TCP: "tcp://10.0.0.7:80",
    TIDEMARK_PORT_80_TCP_PROTO: "tcp",
    TIDEMARK_WEB_PORT_80_TCP_ADDR: "10.0.0.7",
  };
  expect(unknownVariables(env)).toEqual([]);
});
