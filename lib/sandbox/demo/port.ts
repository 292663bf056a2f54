import { createServer } from "node:net";

const usual = 3000;

/**
 * Returns `PORT` if set, else 3000, else any free port.
 * @throws Error if `PORT` is in use
 */
export async function choosePort(wanted: string | undefined): Promise<number> {
  if (wanted !== undefined && wanted !== "") {
    const port = Number(wanted);
    if (!/^\d+$/.test(wanted) || port > 65_535) {
      throw new Error("PORT must be a whole number from 0 to 65535.");
    }
    if (await isFree(port)) {
      return port;
    }
    throw new Error(`Port ${wanted} is in use: end what listens there, or set PORT to another.`);
  }
  return (await isFree(usual)) ? usual : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
