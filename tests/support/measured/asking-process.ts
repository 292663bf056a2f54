import { get } from "node:http";

const [everyMs = 50, ...urls] = JSON.parse(process.argv[2] ?? "[]") as [number, ...string[]];
const waits: number[][] = urls.map(() => []);
const began = performance.now();
let asked = 0;

function ask(): void {
  const due = began + asked * everyMs;
  asked += 1;
  for (const [index, url] of urls.entries()) {
    get(url, (response) => {
      response.resume().once("end", () => waits[index]?.push(performance.now() - due));
    }).once("error", (error) => {
      console.error(error);
      process.exit(1);
    });
  }
  setTimeout(ask, began + asked * everyMs - performance.now());
}

ask();
process.once("message", () => process.send?.(waits, () => process.exit()));
