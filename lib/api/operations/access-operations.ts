import { configurationSchema } from "#lib/api/configuration.ts";
import { meSchema, signedOutSchema } from "#lib/api/me.ts";
import { get, nothing, post } from "./operation.ts";

export const accessOperations = {
  getMe: get({
    id: "getMe",
    path: "/api/v1/me",
    summary: "Who asks, with which role, and what they may do where.",
    access: "signedIn",
    params: nothing,
    query: nothing,
    answer: meSchema,
  }),
  getConfiguration: get({
    id: "getConfiguration",
    path: "/api/v1/configuration",
    summary:
      "When the configuration was read that holds, and whether the file can be used as it stands; what its faults are for admins of everything.",
    params: nothing,
    query: nothing,
    answer: configurationSchema,
  }),
  signOut: post({
    id: "signOut",
    path: "/api/v1/sign-out",
    summary: "Ends the session that the request came with.",
    access: "signedIn",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: signedOutSchema,
    changes: false,
    failures: [429],
  }),
};
