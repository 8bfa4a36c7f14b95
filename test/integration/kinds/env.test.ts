import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const setup = (settings: Record<string, unknown>) => fixture.runStage({ uses: 'env.setup', with: settings });

describe('env.setup', () => {
  it('reads a file as its example does, and hands the variables to other stages', async () => {
    fixture.write('.env', 'API_URL=http://127.0.0.1:1\nNODE_ENV=development\n');
    const run = await fixture.runExample('env.setup');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      API_URL: 'http://127.0.0.1:1',
      NODE_ENV: 'test',
      names: 'API_URL\nNODE_ENV',
    });
  });

  it('hands variables to the steps that follow, and to stages as outputs', async () => {
    fixture.write('.env', 'WORD="hello there"\n');
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        it: { steps: [{ uses: 'env.setup', with: { files: '.env' } }, { run: 'echo "step: $WORD"' }] },
        next: { needs: ['it'], env: { WORD: '${{ needs.it.outputs.WORD }}' }, run: 'echo "stage: $WORD"' },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toContain('step: hello there');
    expect(await run.log('next')).toContain('stage: hello there');
  });

  it('hides what is secret, and hands it to no other stage', async () => {
    fixture.write('.env', 'TOKEN=hunter2222\n');
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        it: {
          steps: [
            { uses: 'env.setup', with: { files: '.env', secret: 'TOKEN' } },
            { run: 'echo "it is $TOKEN"' },
          ],
        },
      },
    });
    expect(run.stage().outputs).not.toHaveProperty('TOKEN');
    expect(await run.log()).toContain('it is ***');
  });

  it('fails when what is required is not there, and for files that are none', async () => {
    expect((await setup({ required: ['NOT_THERE_AT_ALL'] })).outcome()).toBe(
      'failed: These variables are missing or empty: NOT_THERE_AT_ALL.',
    );
    expect((await setup({ files: 'none.env' })).outcome()).toMatch(/^failed: none\.env cannot be read/);
    expect((await setup({ files: 'none.env', optional: true })).outcome()).toBe('succeeded');
    expect((await setup({ files: '../x.env' })).outcome()).toMatch(/is not inside of the workspace/);
    fixture.write('bad.env', 'NODE_OPTIONS=--require ./x.js\n');
    expect((await setup({ files: 'bad.env' })).outcome()).toMatch(
      /^failed: bad\.env:1: NODE_OPTIONS cannot be set/,
    );
    expect((await setup({ variables: { 'A-B': 1 } })).outcome()).toMatch(/"A-B" is no name of a variable/);
  });

  it.skipIf(isMissing('direnv'))('takes what direnv exports, once it is allowed', async () => {
    fixture.write('.envrc', 'export FROM_DIRENV=yes\n');
    const home = path.join(fixture.dir, 'home');
    const env = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    const stage = { uses: 'env.setup', with: { direnv: true }, env };
    expect((await fixture.runStage(stage)).outcome()).toMatch(/^infra-error: \.envrc is not allowed here/);
    execFileSync('direnv', ['allow', '.'], { cwd: fixture.projectDir, env: { ...process.env, ...env } });
    const run = await fixture.runStage(stage);
    expect(run.stage().outputs).toMatchObject({ FROM_DIRENV: 'yes' });
  });
});
