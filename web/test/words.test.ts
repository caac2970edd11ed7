// The three languages say the same things.

import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../src/checkin/words/en.json";
import fr from "../src/checkin/words/fr.json";
import pa from "../src/checkin/words/pa.json";
import { bestOf, hour, moment, n, speak, t } from "../src/checkin/words/words";

const blanks = (line: string) => [...line.matchAll(/\{\w+\}/g)].map(String).sort();

for (const [lang, lines] of Object.entries({ fr, pa })) {
  test(`every line exists in ${lang}, with the same blanks`, () => {
    assert.deepEqual(Object.keys(lines), Object.keys(en));
    for (const [key, line] of Object.entries(en)) {
      const said = lines[key as keyof typeof en];
      assert.deepEqual(blanks(said), blanks(line), key);
      assert.ok(said.trim().length > 0, key);
    }
  });
}

test("Punjabi is written in Gurmukhi throughout", () => {
  for (const [key, line] of Object.entries(pa)) {
    if (blanks(line).length === 0) assert.match(line, /\p{Script=Gurmukhi}/u, key);
  }
});

test("a device speaks the first of its languages that we have", () => {
  assert.equal(bestOf(["de-AT", "pa-Guru-CA", "en"]), "pa");
  assert.equal(bestOf(["zh-Hans"]), "en");
});

test("numbers choose their words", () => {
  speak("fr");
  assert.equal(n("wait", 1), "1 lecture en attente");
  assert.equal(n("wait", 3), "3 lectures en attente");
  speak("en");
  assert.equal(t("used.by", { by: "Gate B", time: hour("2026-12-31T19:42:00-08:00", "America/Vancouver") }), "Gate B, 19:42");
});

test("a door that opens on another day says on which", () => {
  const zone = "America/Vancouver";
  const opens = "2026-12-19T18:30:00-08:00";
  assert.equal(moment(opens, "2026-12-19T09:00:00-08:00", zone), "18:30");
  assert.equal(moment(opens, "2026-11-28T18:40:00-08:00", zone), "Sat, Dec 19, 18:30");
  // By UTC it is one day, and in Vancouver they are two.
  assert.equal(moment("2026-12-19T09:00:00-08:00", "2026-12-18T20:00:00-08:00", zone), "Sat, Dec 19, 09:00");
});
