// Pictures of a page in the sizes and colours that people have, to be looked at. They lie in
// `e2e/shots`, which git does not keep.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const folder = fileURLToPath(new URL("../shots/", import.meta.url));
/** The sizes, in CSS pixels. */
export const WIDTHS = [360, 768, 1280];
/** The colours. */
export const SCHEMES = ["light", "dark"] as const;

/** Calls for every size and colour, and puts the page back as it was. */
export async function everySize(page: Page, widths: number[], look: (width: number, scheme: "light" | "dark") => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await look(width, scheme);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}

/** Takes the pictures of a page. */
export async function shots(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await everySize(page, WIDTHS, async (width, scheme) => {
    await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png`, fullPage: true });
  });
}
