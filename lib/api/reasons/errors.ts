import type { ErrorCode } from "#lib/core/app-error.ts";

interface Meaning {
  meaning: string;
  /** The next step. Null: there is nothing to do. */
  remedy: string | null;
}

const seeDiagnosis = "See the diagnosis of the event hub: it names what failed, and the next step.";

export const errorMeanings: Record<ErrorCode, Meaning> = {
  invalidRequest: {
    meaning: "Something in the request is missing or wrong. The message names each field.",
    remedy: "Correct the fields that the message names.",
  },
  unauthenticated: {
    meaning: "Nobody is signed in, the session has ended, or the API token is not valid.",
    remedy: "Sign in again, or make a new token.",
  },
  forbidden: {
    meaning: "Your role does not allow this. The message names the role that does.",
    remedy: "Ask an admin for that role.",
  },
  notFound: {
    meaning: "There is nothing under this name, or your role may not see it.",
    remedy: "Check the name. A hub appears once it is configured, a group once it has a blob.",
  },
  methodNotAllowed: {
    meaning: "The route does not take this HTTP method.",
    remedy: "Use a method that the message names.",
  },
  conflict: {
    meaning: "The present state does not allow it, or somebody else was quicker.",
    remedy: "Look at the present state. Try again if you still want it.",
  },
  payloadTooLarge: {
    meaning: "The body of the request is too large.",
    remedy: "Send less: fewer partitions in one request.",
  },
  tooManyRequests: {
    meaning: "Too many requests of this kind were made, or run now.",
    remedy: "Wait as long as the message says. Close pages that nobody looks at.",
  },
  internal: {
    meaning: "The dashboard itself failed. The answer leaves the cause out, as it may hold secrets.",
    remedy: "Search the log for the `requestId`, and report it.",
  },
  notReadYet: {
    meaning: "The event hub or a store has not been read since the start.",
    remedy: "Wait for the first refresh. If it does not come, see the diagnosis of the event hub.",
  },
  figuresTooOld: {
    meaning: "The figures are older than three refreshes, so an autoscaler must not use them.",
    remedy: seeDiagnosis,
  },
  lagUnknown: {
    meaning: "The lag of a partition is not known, so the group's lag is not known either.",
    remedy: "Look at the group: the partition's reason says why.",
  },
  azureTimeout: {
    meaning: "Azure did not answer in time.",
    remedy: "It is tried again at each refresh. If it lasts, check the network between here and Azure.",
  },
  azureUnauthorized: {
    meaning: "Azure refused the credentials, or they lack a role.",
    remedy: "Give the identity the roles that the diagnosis names. New roles take some minutes to hold.",
  },
  azureThrottled: {
    meaning: "Azure is busy, or its limit of requests is reached.",
    remedy: "Wait: requests slow down by themselves. If it lasts, raise `refreshSeconds`.",
  },
  azureUnreachable: {
    meaning: "Azure could not be reached: a wrong name, a closed port, a firewall or a private endpoint.",
    remedy: "Check the name and the network; `transport: webSockets` needs only port 443.",
  },
  azureFailed: {
    meaning: "Azure answered with another error. The message quotes it.",
    remedy: seeDiagnosis,
  },
  eventHubNotFound: {
    meaning: "The namespace has no event hub or consumer group of this name.",
    remedy: "Check the names in the configuration.",
  },
  containerNotFound: {
    meaning: "The storage account has no container of this name.",
    remedy: "Check the name in the configuration. Processors do not create the container themselves.",
  },
  historyUnavailable: {
    meaning: "The database of the history can't be read or written now.",
    remedy: "Check the disk or the PostgreSQL server. Until then the figures come from memory.",
  },
  readOnly: {
    meaning: "The dashboard is read-only, so nothing can be changed.",
    remedy: "Set `TIDEMARK_READ_ONLY=false` where it runs, and start it again.",
  },
  resetRunning: {
    meaning: "Another reset of the group is running.",
    remedy: "Wait until it ends, or stop it on its page.",
  },
  planGone: {
    meaning: "The plan has expired, was applied, or is somebody else's.",
    remedy: "Make a new plan.",
  },
  deviceSignInUnavailable: {
    meaning: "This dashboard has no sign-in with an issuer, or the issuer has no device code flow.",
    remedy: "Use an API token.",
  },
  issuerFailed: {
    meaning: "The sign-in issuer can't be reached, or gave an invalid answer.",
    remedy: "Try again. If it lasts, see the server's log.",
  },
};

export const browserErrorMeanings: Record<string, Meaning> = {
  unreachable: {
    meaning: "The page got no answer from the dashboard's server.",
    remedy: "Check that it runs, and that this machine is online.",
  },
  timedOut: {
    meaning: "The dashboard's server did not answer in time.",
    remedy: "Try again. If it lasts, see the server's log.",
  },
  notUnderstood: {
    meaning: "This page can't read the answer: another version or a proxy may have sent it.",
    remedy: "Reload the page. If it lasts, see what answers in front of the dashboard.",
  },
  newVersion: {
    meaning: "The dashboard was updated after this page was loaded.",
    remedy: "Reload the page.",
  },
  partMissing: {
    meaning: "A part of the page could not be loaded.",
    remedy: "Reload the page.",
  },
};
