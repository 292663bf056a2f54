const lookEveryMs = 250;

/**
 * Calls back once when the process that started this one is gone. A signal to npm alone ends no more than the
 * shell between the two where that does not replace itself with its command, as Debian's.
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
 * Windows goes on naming a parent that is gone.
 * @param {number} pid
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
