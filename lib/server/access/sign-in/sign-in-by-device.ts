import type { DeviceOutcome, DeviceSignIn } from "#lib/api/sign-in.ts";
import { AppError } from "#lib/core/app-error.ts";
import { currentRequest } from "../request-context.ts";
import { type DeviceSignIns, deviceSignInUnavailable } from "./device-sign-in.ts";

export async function beginDeviceSignIn(): Promise<DeviceSignIn> {
  return devices().begin(Date.now());
}

/** A sign-in that failed stands in the activity. @throws AppError `unauthenticated`, `issuerFailed` */
export async function pollDeviceSignIn(attempt: string): Promise<DeviceOutcome> {
  const { refused, address } = currentRequest();
  try {
    return await devices().poll(attempt, Date.now());
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") {
      const message = `A sign-in by device code failed, from ${address}.`;
      refused({ action: "signIn", hub: "", group: null, code: error.code, message });
    }
    throw error;
  }
}

function devices(): DeviceSignIns {
  const { devices } = currentRequest();
  if (devices === null) {
    throw deviceSignInUnavailable("People don't sign in to this dashboard at an OpenID Connect issuer.");
  }
  return devices;
}
