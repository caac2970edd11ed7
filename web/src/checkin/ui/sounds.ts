// What an answer sounds and feels like. Made of tones, so that no file is loaded; told apart without looking:
// two rising tones let in, a low double buzz does not, one middle tone means "look at the screen".

import type { Look } from "./look";

/** The three kinds of answers that a hand and an ear tell apart. */
export type Tone = "good" | "bad" | "look";

const TONES: { [T in Tone]: { hz: number; from: number; long: number; wave: OscillatorType }[] } = {
  good: [
    { hz: 880, from: 0, long: 0.11, wave: "sine" },
    { hz: 1320, from: 0.11, long: 0.2, wave: "sine" },
  ],
  bad: [
    { hz: 180, from: 0, long: 0.2, wave: "square" },
    { hz: 140, from: 0.26, long: 0.34, wave: "square" },
  ],
  look: [{ hz: 520, from: 0, long: 0.32, wave: "triangle" }],
};
const SHAKES: { [T in Tone]: number[] } = { good: [70], bad: [180, 90, 180], look: [110, 70, 110] };

let audio: AudioContext | null = null;

/** Browsers let a page sound only after it was touched; called for each touch until it may. */
export function allowSound(): void {
  if (!("AudioContext" in window)) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume().catch(() => undefined);
}

/** Sounds and shakes as the phone's settings say. */
export function signal(tone: Tone, look: Look): void {
  if (look.vibration && "vibrate" in navigator && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate(SHAKES[tone]);
  if (!look.sound || audio?.state !== "running") return;
  for (const { hz, from, long, wave } of TONES[tone]) {
    const starts = audio.currentTime + from;
    const source = new OscillatorNode(audio, { type: wave, frequency: hz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, starts);
    volume.gain.linearRampToValueAtTime(wave === "square" ? 0.18 : 0.4, starts + 0.01);
    volume.gain.linearRampToValueAtTime(0, starts + long);
    source.connect(volume).connect(audio.destination);
    source.start(starts);
    source.stop(starts + long + 0.02);
  }
}
