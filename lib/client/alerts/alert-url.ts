import { parseAsStringLiteral } from "nuqs/server";
import { incidentStates } from "./alert-queries.ts";

/** The URL of the list of incidents. */
export const incidentParsers = { state: parseAsStringLiteral(incidentStates).withDefault("open") };
