import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "./find-browser.mjs";
import { nodePath } from "./node-version.mjs";
import { root, run, StepError } from "./step.mjs";

const playwrightFolder = join(root, "node_modules/@playwright/test");

export async function provideBrowser() {
  if (findBrowser() !== null || (await hasPlaywrightBrowser())) {
    return;
  }
  const isRoot = process.getuid?.() === 0;
  for (const attempt of [...(isRoot && existsSync("/usr/bin/apt-get") ? [fromDebian] : []), fromPlaywright]) {
    try {
      await attempt();
    } catch (error) {
      console.log(`tidemark: ${error instanceof Error ? error.message : error}`);
    }
    if (findBrowser() !== null || (await hasPlaywrightBrowser())) {
      return;
    }
  }
  throw new StepError(
    "The browser tests need Chromium or Chrome, and none could be installed: install one by hand " +
      "(on Debian and Ubuntu `sudo apt-get install chromium`), or name one in CHROMIUM_PATH, and run the command again.",
  );
}

async function fromDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("Updating Debian's package lists", "apt-get", ["update", "-qq"], { env });
  const install = (/** @type {string} */ name) =>
    run("Installing Chromium from Debian's packages", "apt-get", ["install", "-y", "-qq", name], { env });
  // Some releases only package the whole browser.
  await install("chromium-headless-shell").catch(() => install("chromium"));
}

async function fromPlaywright() {
  await run("Installing Playwright's Chromium", nodePath(), [
    join(playwrightFolder, "cli.js"),
    "install",
    "chromium",
  ]);
}

async function hasPlaywrightBrowser() {
  const { chromium } = await import(pathToFileURL(join(playwrightFolder, "index.mjs")).href);
  return existsSync(chromium.executablePath());
}
