import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindPages } from '#build/kind-pages.ts';
import { createCatalog } from '#main/stages/registry.ts';

const root = path.resolve(import.meta.dirname, '../..');
const kinds = createCatalog().list();
const testsDir = path.join(root, 'test/integration/kinds');
const tests = readdirSync(testsDir)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(testsDir, file), 'utf8'))
  .join('\n');

describe('the stage catalog', () => {
  it('is what docs/kinds says; `npm run docs:kinds` writes it', async () => {
    const pages = await kindPages(kinds);
    const dir = path.join(root, 'docs/kinds');
    expect(readdirSync(dir).sort()).toEqual([...pages.keys()].sort());
    for (const [file, text] of pages) expect(readFileSync(path.join(dir, file), 'utf8'), file).toBe(text);
  });

  it.each(kinds.map(({ id }) => id))('has a test that runs the example of %s', (id) => {
    expect(tests).toContain(`runExample('${id}'`);
  });
});
