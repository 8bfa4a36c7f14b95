import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { hasTerminal, onTerminal } from '#test/support/terminal.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { runGit } from './triggers-fixture.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/cli/index.ts');
const QUESTION = '[n]o: ';

const pipeline = (time: string, command = 'echo built'): string => `
name: Nightly
on: { schedule: "${time}", pre-commit: { paths: ["*.txt"] } }
workspace: in-place
stages:
  build: { run: "${command} && echo yes > built" }
`;

const ran = ({ projectDir }: CliFixture): boolean => existsSync(path.join(projectDir, 'built'));

function type(fixture: CliFixture, answers: readonly string[], ...words: readonly string[]) {
  const { projectDir: cwd, dataDir } = fixture;
  return onTerminal([process.execPath, ENTRY, '--data', dataDir, ...words], {
    cwd,
    answers: answers.map((answer) => ({ after: QUESTION, type: answer })),
  });
}

describe.skipIf(!hasTerminal() && process.env.CI === undefined)('on a terminal', () => {
  it('shows what an unknown pipeline would run, and runs nothing when the answer is no', async () => {
    await using fixture = createCliFixture(pipeline('0 3 * * *', 'echo \\u001b[2Jbuilt'));
    const { code, text } = await type(fixture, ['perhaps\n', 'n\n'], 'run');
    expect(code).toBe(2);
    expect(text).toContain('pipewright.yml was never trusted on this machine.');
    expect(text).toMatch(/build {2}run {2}echo built && echo yes > built/);
    expect(text).toMatch(/! started by {2}schedule: 0 3 \* \* \*/);
    expect(text).toMatch(/! works in {4}the project folder itself/);
    expect(text).not.toContain('\u001b[2J');
    expect(text.split(QUESTION)).toHaveLength(3);
    expect(text).toContain('Nothing ran: pipewright.yml is not trusted.');
    expect(ran(fixture)).toBe(false);
  }, 60_000);

  it('asks again after a yes, not after an always, and then when the triggers are others', async () => {
    await using fixture = createCliFixture(pipeline('0 3 * * *'));
    expect(await type(fixture, ['y\n'], 'run')).toMatchObject({ code: 0 });
    expect(ran(fixture)).toBe(true);
    expect((await type(fixture, ['a\n'], 'run')).text).toContain('never trusted');

    fixture.write('pipewright.yml', pipeline('0 3 * * *', 'echo another'));
    const trusted = await type(fixture, [], 'run');
    expect(trusted).toMatchObject({ code: 0 });
    expect(trusted.text).not.toContain(QUESTION);

    fixture.write('pipewright.yml', pipeline('0 5 * * *'));
    const changed = await type(fixture, ['\u0004'], 'run');
    expect(changed.code).toBe(2);
    expect(changed.text).toMatch(/has changed since it was trusted on \d{4}-\d\d-\d\d:/);
    expect(changed.text).toMatch(/\+ started by {2}schedule: 0 5 \* \* \*/);
    expect(changed.text).toMatch(/- started by {2}schedule: 0 3 \* \* \*/);
  }, 60_000);

  it('installs no hook for a pipeline that is refused', async () => {
    await using fixture = createCliFixture(pipeline('0 3 * * *'));
    runGit(fixture.projectDir, 'init', '-q');
    const { code, text } = await type(fixture, ['n\n'], 'hooks', 'install');
    expect(code).toBe(2);
    expect(text).toContain('No hook was installed: pipewright.yml is not trusted.');
    expect(existsSync(path.join(fixture.projectDir, '.git/hooks/pre-commit'))).toBe(false);
  }, 60_000);
});

it('without a terminal naming the command is the consent, and says nothing of trust', async () => {
  await using fixture = createCliFixture(pipeline('0 3 * * *'));
  const { code, stdout, stderr } = await fixture.cli('run', '--format', 'ndjson');
  expect(code).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(/trust/);
  const [trigger] = await fixture.json<{ fault: string | null }[]>('triggers', 'list');
  expect(trigger?.fault).toBe('Not trusted: open it and press Run once');
}, 60_000);

it('with --trust it is trusted from then on', async () => {
  await using fixture = createCliFixture(pipeline('0 3 * * *'));
  expect((await fixture.cli('run', '--trust')).code).toBe(0);
  const [trigger] = await fixture.json<{ fault: string | null }[]>('triggers', 'list');
  expect(trigger?.fault).toBeNull();
}, 60_000);

it('without a terminal PIPEWRIGHT_TRUST=require refuses what is not trusted', async () => {
  await using fixture = createCliFixture(pipeline('0 3 * * *'));
  const { projectDir: cwd, dataDir } = fixture;
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [ENTRY, '--data', dataDir, ...words], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PIPEWRIGHT_TRUST: 'require' },
    });
  const refused = run('run');
  expect(refused.status).toBe(2);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toMatch(/^pipewright: Nobody has trusted pipewright\.yml .*--trust\.\n$/);
  expect(ran(fixture)).toBe(false);
  expect(run('run', '--trust').status).toBe(0);
  expect(run('run').status).toBe(0);
}, 60_000);

it('an installed hook leaves out a pipeline whose triggers came later, says so, and lets Git go on', async () => {
  await using fixture = createCliFixture(pipeline('0 3 * * *', 'false'));
  const { projectDir } = fixture;
  runGit(projectDir, 'init', '-q');
  runGit(projectDir, 'config', 'user.name', 'Tester');
  runGit(projectDir, 'config', 'user.email', 'tester@pipewright.invalid');
  expect((await fixture.cli('hooks', 'install')).code).toBe(0);
  fixture.write('a.txt', '1');
  runGit(projectDir, 'add', 'a.txt');
  const commit = () => spawnSync('git', ['commit', '-m', 'a'], { cwd: projectDir, encoding: 'utf8' });
  expect(commit().status).not.toBe(0);

  fixture.write('pipewright.yml', pipeline('0 5 * * *', 'false'));
  const went = commit();
  expect(went.status).toBe(0);
  expect(went.stderr).toContain('pipewright.yml did not run, because it is not trusted as it is.');
  const triggers = await fixture.json<{ last: TriggerFiring | null }[]>('triggers', 'list');
  expect(triggers.find(({ last }) => last !== null)?.last).toMatchObject({
    type: 'pre-commit',
    runId: null,
    skipped: 'Not trusted since it changed: open it and press Run once',
  });
}, 60_000);
