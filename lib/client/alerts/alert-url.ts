import { parseAsStringLiteral } from "nuqs/server";
import { incidentStates } from "./alert-queries.ts";

export const incidentParsers = { state: parseAsStringLiteral(incidentStates).withDefault("open") };
