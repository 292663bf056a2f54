import { firstExecutable, onPath } from "./on-path.mjs";

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
  return firstExecutable([process.env.CHROMIUM_PATH, ...onPath(names), ...elsewhere]);
}
