const two = (n: number) => String(n).padStart(2, "0");

function offsetOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

interface Forms {
  utc: { day: string; time: string };
  here: { day: string; time: string; zone: string };
  epoch: string;
}

function formsOf(date: Date): Forms {
  const iso = date.toISOString();
  return {
    utc: { day: iso.slice(0, 10), time: iso.slice(11, 23) },
    here: {
      day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
      time: `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
      zone: offsetOf(date),
    },
    epoch: String(date.getTime()),
  };
}

export function describeMoment(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const { utc, here, epoch } = formsOf(date);
  return [
    `UTC  ${utc.day} ${utc.time}`,
    `Here  ${here.day} ${here.time} (${here.zone})`,
    `Epoch  ${epoch} ms`,
  ].join("\n");
}

export function describeStretch(from: number, to: number): string {
  const [start, end] = [formsOf(new Date(from)), formsOf(new Date(to))];
  const line = (form: "utc" | "here") => {
    const [a, b] = [start[form], end[form]];
    return `${a.day} ${a.time.slice(0, 8)} – ${a.day === b.day ? "" : `${b.day} `}${b.time.slice(0, 8)}`;
  };
  return `UTC  ${line("utc")}\nHere  ${line("here")} (${start.here.zone})`;
}
