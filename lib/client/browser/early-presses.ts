const atWork = "atwork";

/** To be called in a layout effect of the page's outermost part: whatever is pressed later is React's. */
export function tellAtWork(): void {
  document.dispatchEvent(new Event(atWork));
}

/**
 * A script before the page's content. Until React is at work, presses are lost: it keeps the last one of a button or of a
 * key of the page, and repeats it then. `/` needs no React: what is typed next goes into the filter.
 */
export const earlyPresses = `{
let press = [];
const types = ["pointerdown", "keydown", "click"];
const note = (event) => {
  const { type, target, key, metaKey, ctrlKey, altKey } = event;
  const button = target.closest("button");
  if (type === "click") {
    if (button && press[0]?.target.closest("button") === button) press.push(event);
  } else if (type === "pointerdown") press = button ? [event] : [];
  else if ((metaKey || ctrlKey) && key.toLowerCase() === "k") {
    event.preventDefault();
    press = [event];
  } else if (metaKey || ctrlKey || altKey || target.closest("input, textarea, select")) return;
  else if (key === "/") {
    event.preventDefault();
    document.querySelector("[data-search]")?.focus();
    press = [];
  } else if (key === "?" || (button && /^(Enter| |ArrowDown)$/.test(key))) press = [event];
  else if (/^(Escape|Tab)$/.test(key)) press = [];
};
const each = (change) => types.forEach((type) => change.call(document, type, note, true));
each(document.addEventListener);
document.addEventListener("${atWork}", () => {
  // One that is under way made React start, and is React's.
  const lost = press.filter(({ eventPhase }) => eventPhase === 0);
  press = [];
  setTimeout(() => {
    each(document.removeEventListener);
    if (press.length === 0) for (const event of lost) event.target.dispatchEvent(new event.constructor(event.type, event));
  });
}, { once: true });
}`;
