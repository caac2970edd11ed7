// Counts a hold down. The server says how many seconds are left, so a wrong clock on the reader's
// device changes nothing. Seconds tick silently; a screen reader hears five, two and one minute.

/** Seconds as a clock of minutes, `14:05`. */
export function clock(seconds: number): string {
  const left = Math.max(0, seconds);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** What is said aloud when so many seconds are left, in the page's own words; nothing at most times. */
export function spoken(seconds: number, words: DOMStringMap): string | undefined {
  if (seconds === 300) return words.five;
  if (seconds === 120) return words.two;
  return seconds === 60 ? words.one : undefined;
}

/** Starts every `<time data-left="840">`; at zero the page asks the server what is true now. */
export function countdowns(root: ParentNode): void {
  for (const face of root.querySelectorAll<HTMLElement>("[data-left]")) {
    const begins = Number(face.dataset.left);
    const until = performance.now() + begins * 1000;
    const voice = root.querySelector<HTMLElement>("[data-left-voice]");
    let shown = -1;
    const tick = () => {
      const left = Math.ceil((until - performance.now()) / 1000);
      if (left === shown) return;
      shown = left;
      face.textContent = clock(left);
      const words = voice && spoken(left, voice.dataset);
      if (words) voice.textContent = words;
      if (left <= 0) {
        clearInterval(timer);
        // A page that begins at nothing has been loaded anew already; from here on it asks now and then.
        if (begins > 0) location.reload();
      }
    };
    const timer = setInterval(tick, 250);
    tick();
  }
}
