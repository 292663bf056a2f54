import { parseAsString } from "#lib/client/url/parsers.ts";

export const activityParsers = { hub: parseAsString, group: parseAsString };
