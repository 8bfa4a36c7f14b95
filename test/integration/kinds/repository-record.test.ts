import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost } from '#main/host/create-host.ts';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('dist/shop.tgz', 'the shop');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const git = (...args: readonly string[]): string => {
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  return execFileSync('git', [...who, ...args], {
    cwd: fixture.projectDir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
};

describe('artifact.record', () => {
  it('keeps the example with its commit, tests and bill, and another process finds it', async () => {
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'begin');
    const first = await fixture.runExample('artifact.record');
    expect(first.outcome()).toBe('succeeded');
    const sha256 = createHash('sha256').update('the shop').digest('hex');
    expect(first.stage().outputs).toMatchObject({ digest: `sha256:${sha256}`, recorded: 'true' });

    const other = await createHost({ dataDir: path.join(fixture.dir, 'data'), mode: 'browser' });
    try {
      const [record] = other.repository.records(`sha256:${sha256}`);
      expect(record).toMatchObject({
        name: 'shop',
        version: '1.4.0',
        origin: { commit: git('rev-parse', 'HEAD').trim() },
      });
      expect(other.repository.records('shop@1.4.0')).toHaveLength(1);
      expect(other.repository.records('shop')).toHaveLength(1);
    } finally {
      await other.close();
    }
    expect((await fixture.runExample('artifact.record')).stage().outputs['recorded']).toBe('false');
  });

  it('keeps what the tests of the run came to, and where it was deployed', async () => {
    fixture.write('unit.xml', '<testsuite name="a"><testcase name="x"/><testcase name="y"/></testsuite>');
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        unit: { run: 'exit 0', reports: { junit: 'unit.xml' } },
        it: {
          needs: ['unit'],
          uses: 'artifact.record',
          with: { name: 'shop', path: 'dist/shop.tgz', labels: { team: 'web' }, 'deployed-to': 'production' },
        },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    const [record] = fixture.host.repository.records('shop');
    expect(record).toMatchObject({ tests: { total: 2, passed: 2 }, labels: { team: 'web' } });
    expect(record?.deployments).toMatchObject([{ environment: 'production', runId: run.state.runId }]);
  });

  it('refuses the same digest from another source', async () => {
    const record = (source: string) =>
      fixture.runStage({ uses: 'artifact.record', with: { name: 'shop', path: 'dist/shop.tgz', source } });
    expect((await record('git+https://a.example/x@1')).outcome()).toBe('succeeded');
    expect((await record('git+https://b.example/x@1')).outcome()).toMatch(
      /^failed: sha256:.* is recorded already, as made from git\+https:\/\/a/,
    );
  });

  it('fails without anything to record', async () => {
    const run = await fixture.runStage({
      uses: 'artifact.record',
      with: { name: 'nothing', version: '1.0.0' },
    });
    expect(run.outcome()).toMatch(/^failed: There is no nothing 1\.0\.0 in the local repository/);
  });
});
