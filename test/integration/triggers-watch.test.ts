import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createTriggersFixture, runGit } from './triggers-fixture.ts';

const QUICK = 'debounce: 20ms';

it('fires once for changes that come together, naming the files that the file chooses', async () => {
  await using fixture = createTriggersFixture();
  fixture.write('src/a.ts', '1');
  fixture.pipeline(`{ watch: { paths: ["src/**", "!src/gen/**"], ignore: ["**/*.md"], debounce: 100ms } }`);
  await fixture.host().start();
  fixture.write('src/gen/x.ts', '1');
  fixture.write('src/readme.md', '1');
  fixture.write('other.ts', '1');
  fixture.write('src/a.ts', '2');
  fixture.write('src/new/b.ts', '2');
  await fixture.until(1);
  expect(fixture.started.map(({ trigger }) => trigger)).toEqual([
    { type: 'watch', changed: ['src/a.ts', 'src/new/b.ts'], reason: 'src/a.ts and 1 more changed.' },
  ]);
});

it('leaves out what Git ignores, in folders below, too, and learns of a changed .gitignore', async () => {
  await using fixture = createTriggersFixture();
  runGit(fixture.projectDir, 'init', '-q');
  fixture.write('.gitignore', 'dist/\n*.log\n');
  fixture.write('app/.gitignore', '/local.txt\n!keep.log\n');
  fixture.write('dist/x', '');
  fixture.pipeline(`{ watch: { paths: ["**"], ${QUICK} } }`);
  await fixture.host().start();
  for (const file of ['dist/x', 'a.log', 'app/local.txt', 'node_modules/m/i.js', '.git/x']) {
    fixture.write(file, 'changed');
  }
  fixture.write('app/keep.log', '1');
  await fixture.until(1);
  expect(fixture.started.flatMap(({ trigger }) => trigger.changed)).toEqual(['app/keep.log']);
});

it('does not fire for what a run of the pipeline writes into the project itself', async () => {
  await using fixture = createTriggersFixture();
  fixture.pipeline(`{ watch: { paths: ["*.txt"], ${QUICK} } }`, { workspace: 'in-place' });
  let active = true;
  const asked: string[] = [];
  await fixture
    .host({
      recentRuns: ({ file }) => {
        asked.push(file);
        const run = { from: Date.now() - 60_000, to: active ? null : Date.now() - 30_000 };
        return [{ ...run, trigger: 'watch', commit: null, branch: null }];
      },
    })
    .start();
  fixture.write('made-by-run.txt', '1');
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  active = false;
  writeFileSync(path.join(fixture.projectDir, 'by-hand.txt'), '1');
  await fixture.until(1);
  expect(fixture.started.flatMap(({ trigger }) => trigger.changed)).toEqual(['by-hand.txt']);
});
