const lookEveryMs = 250;

/**
 * Calls back once when the parent process is gone. A signal to npm ends only the shell in between, unless
 * that shell replaces itself with its command; Debian's does not.
 * @param {() => void} callback
 */
export function onParentGone(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Windows keeps the id of a parent that is gone. EPERM means that the process is somebody else's.
 * @param {number} pid
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
