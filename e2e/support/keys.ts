// What somebody does who has a keyboard and nothing else: they press Tab until they are where they want
// to be, and at every stop they must see where that is.

import { type Locator, type Page, expect } from "@playwright/test";

/** The most stops that we let somebody pass before they are there. */
const PATIENCE = 60;

/** Fails unless whatever has the focus shows it and can be seen; a page that glides there is given the time. */
export async function expectSeen(page: Page): Promise<void> {
  await expect.poll(() => seen(page)).toBe("seen");
}

function seen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    if (!at || at === document.body) return "nothing has the focus";
    // A card whose link covers it shows the focus around itself.
    const rings = [at, at.parentElement, at.closest(".card, label, .choice")].filter((one) => one !== null);
    const ringed = rings.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    const box = at.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const what = `${at.tagName.toLowerCase()} “${at.textContent?.trim().slice(0, 40) || at.getAttribute("name")}”`;
    if (!at.matches(":focus-visible")) return `${what} is not :focus-visible`;
    if (!ringed) return `${what} shows no ring`;
    return inside ? "seen" : `${what} is out of sight`;
  });
}

/** Presses Tab until the focus is there, and sees it at every stop. */
export async function tabTo(page: Page, there: Locator, look = true): Promise<void> {
  for (let stop = 0; stop < PATIENCE; stop += 1) {
    await page.keyboard.press("Tab");
    if (look) await expectSeen(page);
    if (await there.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by ${PATIENCE} presses of Tab: ${there}`);
}
