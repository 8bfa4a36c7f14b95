import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pipewright-imports-'));
  for (const name of ['zod', 'electron']) {
    const dir = path.join(folder, 'node_modules', name);
    mkdirSync(dir, { recursive: true });
    writeFileSync(
      path.join(dir, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    writeFileSync(path.join(dir, 'index.js'), '');
  }
  cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  for (const name of ['shared', 'main', 'preload', 'renderer']) mkdirSync(path.join(folder, name));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The rules that a tree of files breaks. */
function breaches(files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const config = path.join(root, 'build/dependency-cruiser.config.mjs');
  const cli = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  let json: string;
  try {
    json = execFileSync(
      process.execPath,
      [cli, '--config', config, '--output-type', 'json', 'shared', 'main', 'preload', 'renderer'],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    json = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(json) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const exported = 'export const x = 1;\n';

describe('the import rules', () => {
  it('allow the directions of the architecture', () => {
    expect(
      breaches({
        'shared/a.ts': "import { z } from 'zod';\nexport const a = z.string();\n",
        'main/engine/b.ts': "import { a } from '#shared/a.ts';\nexport const b = a;\n",
        'main/store/c.ts': "import { b } from '#main/engine/b.ts';\nexport const c = b;\n",
        'main/host/d.ts': "import { c } from '#main/store/c.ts';\nexport const d = c;\n",
        'renderer/ui/e.ts': exported,
        'renderer/features/runs/f.ts': "import { x } from '#renderer/ui/e.ts';\nexport const f = x;\n",
      }),
    ).toEqual([]);
  });

  it.each([
    ['shared-is-pure', { 'shared/a.ts': "import fs from 'node:fs';\nexport const a = fs;\n" }],
    ['shared-is-pure', { 'main/x.ts': exported, 'shared/a.ts': "export type { x } from '#main/x.ts';\n" }],
    ['engine-knows-only-shared', { 'main/engine/a.ts': "import fs from 'node:fs';\nexport const a = fs;\n" }],
    [
      'engine-knows-only-shared',
      { 'main/store/x.ts': exported, 'main/engine/a.ts': "export { x } from '#main/store/x.ts';\n" },
    ],
    [
      'adapters-do-not-know-each-other',
      { 'main/store/x.ts': exported, 'main/logs/a.ts': "export { x } from '#main/store/x.ts';\n" },
    ],
    [
      'adapters-do-not-know-each-other',
      { 'main/host/x.ts': exported, 'main/logs/a.ts': "export { x } from '#main/host/x.ts';\n" },
    ],
    [
      'electron-only-in-desktop-and-preload',
      { 'main/store/a.ts': "import { app } from 'electron';\nexport const a = app;\n" },
    ],
    [
      'features-do-not-know-each-other',
      {
        'renderer/features/logs/x.ts': exported,
        'renderer/features/runs/a.ts': "export { x } from '#renderer/features/logs/x.ts';\n",
      },
    ],
    [
      'features-do-not-know-each-other',
      {
        'renderer/app/x.ts': exported,
        'renderer/features/runs/a.ts': "export { x } from '#renderer/app/x.ts';\n",
      },
    ],
    [
      'renderer-imports-no-main',
      { 'main/x.ts': exported, 'renderer/a.ts': "export { x } from '#main/x.ts';\n" },
    ],
    [
      'no-cycles',
      {
        'shared/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
        'shared/b.ts': "import { a } from './a.ts';\nexport const b = a;\n",
      },
    ],
  ] as const)('refuse a breach of %s', (rule, files) => {
    expect(breaches(files)).toContain(rule);
  });

  it('refuse electron in a headless root even through another file', () => {
    expect(
      breaches({
        'main/desktop/window.ts': "import { app } from 'electron';\nexport const a = app;\n",
        'main/api/a.ts': "export { a } from '#main/desktop/window.ts';\n",
        'main/cli/index.ts': "export { a } from '#main/api/a.ts';\n",
      }),
    ).toContain('headless-roots-never-reach-electron');
  });
});
