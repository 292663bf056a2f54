import { readFileSync } from "node:fs";

/**
 * What the kernel (Linux) knows of a process: memory now and at most in MB, CPU time in ms (it counts in
 * ticks of 10 ms), and bytes written to disk.
 */
export function usageOf(pid: number | undefined): {
  rss: number;
  most: number;
  cpuMs: number;
  written: number;
} {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_000;
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10;
  const written = Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]);
  return { rss: megabytes("VmRSS"), most: megabytes("VmHWM"), cpuMs, written };
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
}
