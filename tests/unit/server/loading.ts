import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { type Config, ConfigError } from "#lib/server/config/config.ts";
import { loadConfig } from "#lib/server/config/load-config.ts";

export const key = "cGxhbnRlZC1zZWNyZXQ=";
export const hubString = `Endpoint=sb://Contoso.servicebus.windows.net:5690/;SharedAccessKeyName=k;SharedAccessKey=${key};EntityPath=orders`;
export const storageString = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
export const store = { connectionString: storageString, container: "checkpoints" };

export function load(content: unknown, env: Record<string, string> = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-config-"));
  try {
    const file = join(folder, "config.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return loadConfig({ TIDEMARK_CONFIG: file, ...env });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function problems(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).not.toContain(key);
    return (error as ConfigError).problems;
  }
  throw new Error("nothing was wrong with it");
}
