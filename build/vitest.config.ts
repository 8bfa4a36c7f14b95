import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');
const inRoot = { root, environment: 'node' } as const;

/** Unit tests stand beside the code; integration and contract tests live in `test/`. */
export default defineConfig({
  root,
  test: {
    pool: 'forks',
    projects: [
      {
        root,
        test: {
          ...inRoot,
          name: 'unit',
          include: ['{shared,main,renderer,preload,build}/**/*.test.ts'],
        },
      },
      {
        root,
        test: {
          ...inRoot,
          name: 'integration',
          include: ['test/{integration,contract,architecture}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Real processes on a loaded machine: a second try there is reported as one.
          retry: process.env['CI'] === undefined ? 0 : 1,
        },
      },
    ],
  },
});
