import { defineConfig } from '@playwright/test';

/** The desktop application in a real Electron. One at a time: two windows on two cores wait for each other. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/electron',
  globalSetup: './global-setup.config.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
