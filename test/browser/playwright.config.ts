import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';

const executablePath = findChromium();

/** The window's half in a real browser, against `pipewright serve` from the built output. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/browser',
  globalSetup: './global-setup.ts',
  // Each test has a host and a browser page of its own; two cores carry two.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A machine under load may be too slow once; what needed a second try is counted and named as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        viewport: { width: 1280, height: 800 },
        colorScheme: 'dark',
        launchOptions: { args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) },
        trace: 'retain-on-failure',
      },
    },
  ],
});
