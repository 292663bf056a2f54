import type { RestError } from "@azure/storage-blob";

export type SignIn = "identity" | "key" | "signature" | "unknown";

export function signInOf({ request }: RestError): SignIn {
  if (request === undefined) return "unknown";
  const authorization = request.headers?.get("authorization") ?? "";
  if (/^bearer /i.test(authorization)) return "identity";
  if (/^sharedkey/i.test(authorization)) return "key";
  return URL.canParse(request.url) && new URL(request.url).searchParams.has("sig") ? "signature" : "unknown";
}

const roles =
  "Give this identity the role Storage Blob Data Reader on the container (for resets: Storage Blob Data Contributor); " +
  "new rights take some minutes to work.";
const permissions =
  "Make a signature with the permissions Read and List (for resets: Write and Create, too; for moves and clean-ups: also Delete).";

export function remedyFor(serviceCode: string, signIn: SignIn): string {
  const isSignature = signIn === "signature";
  switch (serviceCode) {
    case "AuthorizationPermissionMismatch":
      if (isSignature) return `The signature lacks a permission. ${permissions}`;
      return signIn === "key" ? "The key lacks a right: use the account's own key." : roles;
    case "AuthorizationServiceMismatch":
    case "AuthorizationResourceTypeMismatch":
      return "The signature is for something else: make one for the blob service, and for containers and objects.";
    case "AuthorizationSourceIPMismatch":
      return "The signature holds for other addresses than this machine's.";
    case "AuthorizationProtocolMismatch":
      return "The signature holds for https alone.";
    case "AuthorizationFailure":
      return isSignature || signIn === "unknown"
        ? `Either the account's firewall refuses this machine's address, or the signature lacks a permission. ${permissions}`
        : "The account's firewall refuses this machine's address.";
    case "KeyBasedAuthenticationNotPermitted":
      return "The account refuses keys: use containerUrl with an identity in place of the connection string.";
    case "AuthenticationFailed":
      return authenticationRemedy(signIn);
    default:
      return signIn === "key" || isSignature
        ? "Check the account's access rules, and the connection string."
        : "Check the account's access rules and this identity's roles.";
  }
}

function authenticationRemedy(signIn: SignIn): string {
  switch (signIn) {
    case "key":
      return "The AccountKey is not this account's, or was renewed, or this machine's clock is off.";
    case "signature":
      return "The signature is wrong or has expired, or this machine's clock is off.";
    case "identity":
      return "The identity's token was refused: is the account in another tenant, or this machine's clock off?";
    default:
      return "The key or signature is wrong or has expired, or this machine's clock is off.";
  }
}
