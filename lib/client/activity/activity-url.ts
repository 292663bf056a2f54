import { parseAsString } from "nuqs/server";

/** The address of the activity: of which hub and group. */
export const activityParsers = { hub: parseAsString, group: parseAsString };
