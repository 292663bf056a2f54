import { parseAsString } from "nuqs/server";

export const activityParsers = { hub: parseAsString, group: parseAsString };
