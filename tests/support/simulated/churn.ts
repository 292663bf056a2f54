/** For turns of five seconds: by the minute groups come and go, and owners last for two. */
const turnSeconds = 5;
const turnsAMinute = 60 / turnSeconds;
const ownerTurns = 2 * turnsAMinute;
/** Then it is silent for longer than its ownerships hold, and another one comes. */
const renewingTurns = ownerTurns - 9;

export const churnExpirationSeconds = 30;

/** The first half stays. Of the rest one in ten is gone for a minute, and each minute brings one that never was. */
export function groupsAt(groups: number, turn: number): string[] {
  const minute = Math.floor(turn / turnsAMinute);
  const there = Array.from({ length: groups }, (_, group) => group).filter(
    (group) => group < groups / 2 || (group + minute) % 10 !== 0,
  );
  return [...there.map((group) => `g${group}`), `visitor-${minute}`];
}

/** No two groups change alike. An id that was used does not come again; every fifth owner lets go of what it has. */
export function ownerAt(
  group: number,
  partition: number,
  turn: number,
): { ownerId: string; silentSeconds: number } {
  const age = turn + 5 * partition + 7 * group;
  const generation = Math.floor(age / ownerTurns);
  const silentTurns = Math.max(0, (age % ownerTurns) - renewingTurns);
  const isFree = generation % 5 === 4 && silentTurns > 0;
  return {
    ownerId: isFree ? "" : `owner-${partition % 8}-${generation}`,
    silentSeconds: silentTurns * turnSeconds,
  };
}
