const two = (n: number) => String(n).padStart(2, "0");

function offsetOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** One moment in the three forms that people compare: UTC, this browser's zone, and epoch milliseconds. */
export function describeMoment(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const iso = date.toISOString();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return [
    `UTC  ${iso.slice(0, 10)} ${iso.slice(11, 23)}`,
    `Here  ${day} ${time} (${offsetOf(date)})`,
    `Epoch  ${date.getTime()} ms`,
  ].join("\n");
}

/** The hour and minute of a moment in this process's own zone: `14:32`. */
export function localClock(epochMs: number): string {
  const date = new Date(epochMs);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
