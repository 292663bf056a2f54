import { setTimeout as wait } from "node:timers/promises";
import { operations } from "#lib/api/operations/operations.ts";
import type { DeviceOutcome, DeviceSignIn } from "#lib/api/sign-in.ts";
import type { CommandInput, RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";

/** RFC 8628, 3.5: so much less often after each `slow_down`. */
const slowerSeconds = 5;

export const login: RunCommand = async (input) => {
  const { api, output, signIns } = input;
  const begun = await api.call(operations.beginDeviceSignIn, { params: {}, body: {} });
  output.say(`Open ${begun.verificationUri} and enter the code ${begun.userCode}.`);
  if (begun.verificationUriComplete !== null) output.say(`Or open ${begun.verificationUriComplete}`);
  const { cookie, name, until } = await signedIn(begun, input);
  await signIns.keep(api.origin, { cookie, name, until }, Date.now()).catch((error: Error) => {
    throw new CommandFailure("failed", `The sign-in could not be kept in ${signIns.file}: ${error.message}.`);
  });
  const answer = { url: api.origin, name, until };
  const columns = [
    { title: "DASHBOARD", name: "url", value: () => answer.url },
    { title: "SIGNED IN AS", name: "name", value: () => answer.name },
    { title: "UNTIL", name: "until", value: () => answer.until },
  ];
  output.rows(columns, [answer], answer, "");
  return "done";
};

async function signedIn(
  { attempt, expiresAt, intervalSeconds }: DeviceSignIn,
  { api, signal }: CommandInput,
): Promise<Extract<DeviceOutcome, { state: "signedIn" }>> {
  let seconds = Math.max(1, intervalSeconds);
  while (Date.now() + seconds * 1_000 < Date.parse(expiresAt)) {
    await wait(seconds * 1_000, undefined, { signal }).catch(() => {
      throw new CommandFailure("failed", "Nobody has signed in.");
    });
    const outcome = await api.call(operations.pollDeviceSignIn, { params: {}, body: { attempt } });
    if (outcome.state === "signedIn") return outcome;
    if (outcome.slowDown) seconds += slowerSeconds;
  }
  throw new CommandFailure("refused", "Nobody has signed in in time: run tidemark login again.");
}
