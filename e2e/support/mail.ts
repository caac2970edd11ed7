// What the mail catcher caught, and the codes that stand in the PDF of a mail: read by other
// people's programs (pdftoppm, zbarimg), so that we do not judge our own work by our own reader.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { call } from "./api";
import type { Demo } from "./demo";

/** A caught mail. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  attachments: { name: string; mime: string; base64: string }[];
}

/** Waits for the mail to an address; of several, for the one whose subject says so. */
export async function mailTo(demo: Demo, address: string, subject = /./): Promise<Mail> {
  let id: string | undefined;
  await expect
    .poll(
      async () => {
        const { body } = await call("GET", `${demo.record.mail_url}/messages`);
        id = body.find((mail: { to: string; subject: string }) => JSON.stringify(mail.to).includes(address) && subject.test(mail.subject))?.id;
        return id;
      },
      { timeout: 60_000, message: `a mail to ${address}` },
    )
    .toBeTruthy();
  return (await call("GET", `${demo.record.mail_url}/messages/${id}`)).body as Mail;
}

/** What the QR codes in a picture say. */
export function codesIn(picture: Buffer): string[] {
  return inFolder((folder) => {
    const file = join(folder, "picture.png");
    writeFileSync(file, picture);
    return read(file);
  });
}

/** What the QR codes on the pages of a PDF say, page by page. */
export function codesInPdf(pdf: Buffer): string[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, "tickets.pdf"), pdf);
    execFileSync("pdftoppm", ["-r", "150", "-png", "tickets.pdf", "page"], { cwd: folder });
    const pages = readdirSync(folder).filter((name) => name.endsWith(".png"));
    return pages.sort().flatMap((name) => read(join(folder, name)));
  });
}

function read(file: string): string[] {
  return execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file], { encoding: "utf8" }).trim().split("\n");
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "jugnu-paper-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
