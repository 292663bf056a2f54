import { localClock } from "#lib/client/format/moment.ts";

const two = (n: number) => String(n).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function utcMoment(at: string, now: number): string {
  const date = new Date(at);
  const iso = date.toISOString();
  const clock = date.getUTCMilliseconds() === 0 ? iso.slice(11, 19) : iso.slice(11, 23);
  const sameDay = iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  const year = date.getUTCFullYear() === new Date(now).getUTCFullYear() ? "" : ` ${date.getUTCFullYear()}`;
  return `${sameDay ? "" : `${date.getUTCDate()} ${months[date.getUTCMonth()]}${year} `}${clock} UTC`;
}

/** The short local form: `14:00 local`, on another day than UTC's `2 Mar 01:00 local`. */
export function localHint(at: string): string {
  const date = new Date(at);
  const seconds = date.getSeconds() === 0 ? "" : `:${two(date.getSeconds())}`;
  const otherDay = date.getDate() !== date.getUTCDate();
  const day = otherDay ? `${date.getDate()} ${months[date.getMonth()]} ` : "";
  return `${day}${localClock(date.getTime())}${seconds} local`;
}
