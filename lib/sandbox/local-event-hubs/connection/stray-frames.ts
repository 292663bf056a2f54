import type { Connection } from "rhea";

interface Frame {
  channel: number;
}
type Handlers = Record<string, ((frame: Frame) => void) | undefined>;

/**
 * Python's threaded client detaches links after ending their session, which would make rhea end the
 * connection.
 */
export function passOverStrayFrames(connection: Connection): void {
  const { remote_channel_map: remote } = connection as unknown as { remote_channel_map: object };
  const handlers = connection as unknown as Handlers;
  for (const name of ["on_detach", "on_end", "on_flow", "on_disposition"]) {
    const handle = handlers[name]?.bind(connection);
    handlers[name] = (frame) => {
      if (frame.channel in remote) handle?.(frame);
    };
  }
}
