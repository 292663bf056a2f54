/** Texts of alerts leave the building, so they follow no reader's language: English, with commas. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7_200) return `${Math.round(whole / 60)} min`;
  if (whole < 172_800) return `${(whole / 3_600).toFixed(1)} h`;
  return `${(whole / 86_400).toFixed(1)} days`;
}

/** Rounded down: 99.9 % is not 100 %. */
export function percentText(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
