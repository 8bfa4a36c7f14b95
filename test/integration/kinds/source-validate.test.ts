import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: fixture.projectDir,
    encoding: 'utf8',
  }).trim();
const commit = (message: string, files: Readonly<Record<string, string>>): string => {
  for (const [file, text] of Object.entries(files)) fixture.write(file, text);
  git('add', '--all', '--', ...Object.keys(files));
  git('commit', '--quiet', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
};

beforeEach(async () => {
  fixture = await createKindFixture();
  git('init', '--quiet', '--initial-branch=main');
  commit('feat: first', { 'a.txt': 'a\n' });
});
afterEach(() => fixture[Symbol.asyncDispose]());

const validate = (settings: Record<string, unknown>) =>
  fixture.runStage({ uses: 'source.validate', with: settings });
/** Put together here, so that nobody takes this file for one that holds a token. */
const TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

describe('source.validate', () => {
  it.skipIf(isMissing('secretlint'))('finds nothing in a sound checkout, with its example', async () => {
    const run = await fixture.runExample('source.validate');
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('findings')).toMatchObject({ findings: [] });
    expect(Number(run.stage().outputs['checked'])).toBeGreaterThan(3);
  });

  it('finds conflict markers, blanks, large files and messages of no form', async () => {
    const base = git('rev-parse', 'HEAD');
    commit('did things', {
      'src/merge.txt': `ours\n${'<'.repeat(7)} HEAD\n`,
      'blank.txt': 'a  \n',
      'large.txt': 'x'.repeat(5_000),
    });
    const checks = ['conflict-markers', 'whitespace', 'file-size', 'commit-messages'];
    const run = await validate({ checks, 'max-file-size': '4kB', since: base });
    expect(run.outcome()).toMatch(/^failed: 3 findings/);
    const found = run.report('findings')?.findings.map(({ ruleId, file, line }) => [ruleId, file, line]);
    expect(found).toEqual([
      ['conflict-marker', 'src/merge.txt', 2],
      ['whitespace', 'blank.txt', 1],
      ['file-size', 'large.txt', null],
      ['commit-message', null, null],
    ]);
    const since = await validate({ checks, 'max-file-size': '4kB', since: 'HEAD' });
    expect(since.outcome()).toMatch(/^infra-error: Nothing was checked: nothing came after HEAD/);
  });

  it.skipIf(isMissing('secretlint'))('finds a token, and shows it nowhere', async () => {
    commit('fix: token', { 'token.txt': `token: ${TOKEN}\n` });
    const run = await validate({ checks: ['secrets'] });
    expect(run.outcome()).toMatch(/^failed: 1 finding \(1 critical\)/);
    expect(run.report('findings')?.findings).toMatchObject([
      { tool: 'secretlint', file: 'token.txt', line: 1 },
    ]);
    expect(JSON.stringify(run.report('findings')) + (await run.log())).not.toContain(TOKEN);
  });

  it.skipIf(isMissing('commitlint'))("asks the project's commitlint where there is one", async () => {
    commit('Added', {
      '.commitlintrc.json':
        '{"rules":{"subject-case":[2,"never",["sentence-case"]],"type-empty":[2,"never"]}}',
    });
    const run = await validate({ checks: ['commit-messages'] });
    expect(run.report('findings')?.findings).toMatchObject([{ tool: 'commitlint', ruleId: 'type-empty' }]);
    expect(run.outcome()).toMatch(/^failed: 1 finding/);
  });

  it('finds objects that are gone, and commits that nobody signed', async () => {
    const unsigned = await validate({
      checks: ['signatures'],
      'allowed-signers': 'ada@example.com ssh-ed25519 AAAA',
    });
    expect(unsigned.report('findings')?.findings).toMatchObject([{ ruleId: 'signature', severity: 'high' }]);
    const blob = git('rev-parse', 'HEAD:a.txt');
    rmSync(path.join(fixture.projectDir, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
    expect(readdirSync(path.join(fixture.projectDir, '.git/objects')).length).toBeGreaterThan(0);
    const broken = await validate({ checks: ['fsck'] });
    expect(broken.outcome()).toMatch(/^failed: .*critical/);
  });

  it('refuses what is no checkout, and a history that was not fetched', async () => {
    fixture.write('inner/x.txt', 'x');
    expect((await validate({ path: 'inner' })).outcome()).toMatch(
      /^failed: inner is a folder inside of a checkout/,
    );
    expect((await validate({ since: 'nope' })).outcome()).toMatch(/^infra-error: nope is not in the history/);
    expect((await validate({ since: '--output=x' })).outcome()).toMatch(/^failed: `since`/);
  });
});
