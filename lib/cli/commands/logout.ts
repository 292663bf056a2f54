import { operations } from "#lib/api/operations/operations.ts";
import type { RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";

export const logout: RunCommand = async ({ api, output, signIns }) => {
  const kept = await signIns.find(api.origin, Date.now());
  await signIns.keep(api.origin, null, Date.now());
  if (kept === null) {
    output.say(`No sign-in at ${api.origin} is kept here.`);
    return "done";
  }
  try {
    await api.signedInBy(kept.cookie).call(operations.signOut, { params: {}, body: {} });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    // The session had already ended.
    if (error.outcome !== "refused") {
      const still = `The sign-in is forgotten here, and holds at ${api.origin} until ${kept.until}.`;
      throw new CommandFailure("failed", `${still} ${error.message}`);
    }
  }
  output.say(`${kept.name} is signed out of ${api.origin}.`);
  return "done";
};
