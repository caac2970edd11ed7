// A page, judged by axe-core at two sizes and in both colours; and it must not scroll sideways.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { everySize } from "./shots";

/** Fails the journey if the page breaks a rule of accessibility. */
export async function judge(page: Page, name: string, widths = [360, 1280]): Promise<void> {
  await everySize(page, widths, async (width, scheme) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    expect(told, `${name} at ${width} in ${scheme}`).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, `${name} at ${width} scrolls sideways`).toBe(0);
  });
}
