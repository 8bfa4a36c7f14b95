import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium to test with: `PIPEWRIGHT_TEST_CHROMIUM`, Playwright's own, or one that is installed; null when there is none. */
export function findChromium(): string | null {
  const candidates = [process.env.PIPEWRIGHT_TEST_CHROMIUM, chromium.executablePath(), ...CANDIDATES];
  return candidates.find((file) => file && existsSync(file)) ?? null;
}

/** Keeps Chromium from looking for anything outside of this machine. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
