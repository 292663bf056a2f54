import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";

const sticky = 0o1000;

/**
 * Makes a folder and its database file readable by their owner alone, existing ones too. Skips what belongs
 * to another user and shared folders.
 * @throws Error of the file system if they can't be created
 */
export function ownerOnly(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(folder);
  if (uid === process.getuid?.() && (mode & sticky) === 0) restrict(folder, 0o700);
  closeSync(openSync(file, "a", 0o600));
  // SQLite gives its log files the database's rights.
  for (const one of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(one)) restrict(one, 0o600);
  }
}

/** Some file systems, such as mounted shares, have no such rights; whoever mounts them decides. */
function restrict(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    return;
  }
}
