import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createKindFixture, isMissing, type StageText } from './kind-fixture.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/repository.md'), 'utf8');

it.skipIf(isMissing('git'))('releases as docs/repository.md shows it', async () => {
  await using fixture = await createKindFixture();
  const git = (...args: readonly string[]) => {
    const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    execFileSync('git', [...who, ...args], { cwd: fixture.projectDir, stdio: 'ignore' });
  };
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'feat: begin');
  const example = /^```yaml pipeline\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  const run = await fixture.run(parse(example) as StageText);
  expect(run.state.status).toBe('succeeded');
  const { repository } = fixture.host;
  expect(repository.find('shop', '@stable')).toMatchObject({ version: '0.1.0', labels: { team: 'web' } });
  expect(repository.find('shop', '@stable')?.provenance).not.toBeNull();
  expect(repository.records('shop@0.1.0')).toHaveLength(1);
});
