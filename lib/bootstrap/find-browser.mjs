import { accessSync, constants } from "node:fs";
import { join } from "node:path";

const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Finds an installed Chromium or Chrome: `CHROMIUM_PATH`, else on the PATH, else where installers put it.
 * @returns {string | null}
 */
export function findBrowser() {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH ?? "", ...onPath, ...elsewhere];
  return candidates.find((file) => file !== "" && isExecutable(file)) ?? null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
