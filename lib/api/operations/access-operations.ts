import { configurationSchema } from "#lib/api/configuration.ts";
import { meSchema, signedOutSchema } from "#lib/api/me.ts";
import { deviceAttemptSchema, deviceOutcomeSchema, deviceSignInSchema } from "#lib/api/sign-in.ts";
import { get, nothing, post } from "./operation.ts";

export const accessOperations = {
  getMe: get({
    id: "getMe",
    path: "/api/v1/me",
    summary: "The caller: name, role, and what they may do where.",
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
  beginDeviceSignIn: post({
    id: "beginDeviceSignIn",
    path: "/api/v1/sign-in/device",
    summary:
      "Begins a sign-in by device code (RFC 8628) at the issuer, for programs; only where TIDEMARK_AUTH=oidc and the issuer has it.",
    access: "public",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: deviceSignInSchema,
    changes: false,
    perMinute: 30,
    failures: [404, 502],
  }),
  pollDeviceSignIn: post({
    id: "pollDeviceSignIn",
    path: "/api/v1/sign-in/device/session",
    summary: "Whether the person has signed in, and their session once they have.",
    access: "public",
    params: nothing,
    query: nothing,
    body: deviceAttemptSchema,
    answer: deviceOutcomeSchema,
    changes: false,
    failures: [404, 502],
  }),
  signOut: post({
    id: "signOut",
    path: "/api/v1/sign-out",
    summary: "Ends the session of this request.",
    access: "signedIn",
    params: nothing,
    query: nothing,
    body: nothing,
    answer: signedOutSchema,
    changes: false,
    failures: [429],
  }),
};
