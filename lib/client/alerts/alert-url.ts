import { parseAsLiteral, withDefault } from "#lib/client/url/parsers.ts";
import { incidentStates } from "./alert-queries.ts";

export const incidentParsers = { state: withDefault(parseAsLiteral(incidentStates), "open") };
