import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";

const sticky = 0o1000;

/**
 * Makes a folder and a database file in it readable by their owner alone, also those that were there before. What
 * is another user's, or a folder that all users share, stays as it is.
 * @throws Error of the file system where the folder or the file can't be made
 */
export function ownerOnly(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(folder);
  if (uid === process.getuid?.() && (mode & sticky) === 0) restrict(folder, 0o700);
  closeSync(openSync(file, "a", 0o600));
  // The log's files take the database's rights when SQLite makes them.
  for (const one of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(one)) restrict(one, 0o600);
  }
}

/** Some file systems, such as mounted shares, know no such rights: that is for whoever mounts them. */
function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    return;
  }
}
