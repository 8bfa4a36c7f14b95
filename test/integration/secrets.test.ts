import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type CliResult, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

const CANARY = 'canary-5e1f-"quoted" & spaced';
const KEY = '-----BEGIN KEY-----\ncanary-line-one-77\ncanary-line-two-88\n-----END KEY-----';

/** Every way in which the canary could be in a file. */
const TRACES = [
  'canary-5e1f',
  'canary-line',
  'canary-word',
  Buffer.from(CANARY).toString('base64').slice(0, 20),
];

/** Files below the data folder, but for workspaces, that hold a trace of a value. */
function filesWithTraces(dataDir: string): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(dataDir, name);
    if (!statSync(file).isFile() || name.split(path.sep).includes('workspace')) return false;
    const text = readFileSync(file, 'latin1');
    return TRACES.some((trace) => text.includes(trace));
  });
}

it('sets, lists and removes secrets and never shows a value', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  const shown: CliResult[] = [
    await cliWith(fixture, `${CANARY}\n`, 'secrets', 'set', 'TOKEN'),
    await cliWith(fixture, CANARY, 'secrets', 'set', 'TOKEN', '--environment', 'production'),
    await cliWith(fixture, KEY, 'secrets', 'set', 'KEY', '--global', '--format', 'json'),
    await fixture.cli('secrets', 'list'),
  ];
  expect(shown.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const updatedAt = expect.any(String) as unknown;
  expect(await fixture.json('secrets', 'list')).toEqual([
    { name: 'KEY', scope: 'global', environment: null, updatedAt },
    { name: 'TOKEN', scope: 'project', environment: null, updatedAt },
    { name: 'TOKEN', scope: 'environment', environment: 'production', updatedAt },
  ]);
  shown.push(await fixture.cli('secrets', 'rm', 'TOKEN'));
  expect((await fixture.json<object[]>('secrets', 'list')).length).toBe(2);
  expect(JSON.stringify(shown)).not.toContain('canary');
  expect(filesWithTraces(fixture.dataDir)).toEqual([]);
});

it('refuses a value among the words of the command without repeating it', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  const { code, stderr } = await fixture.cli('secrets', 'set', 'TOKEN', CANARY);
  expect(code).toBe(2);
  expect(stderr).toMatch(/standard input/);
  expect(stderr).not.toContain('canary');
});

it('says with one sentence why a secret is refused', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  for (const [value, words, message] of [
    ['abc', ['TOKEN'], /fewer than 4 characters/],
    [CANARY, ['1-TOKEN'], /cannot be the name/],
    [CANARY, ['TOKEN', '--global', '--environment', 'x'], /one scope/],
  ] as const) {
    const { code, stderr } = await cliWith(fixture, value, 'secrets', 'set', ...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  expect((await fixture.cli('secrets', 'rm', 'TOKEN')).code).toBe(2);
});

it.runIf(process.platform !== 'win32')(
  'gives a stage the secrets that it names, and keeps them out of logs, events and database',
  async () => {
    await using fixture = createCliFixture(`
stages:
  use:
    secrets: [TOKEN, KEY]
    reports: { junit: [reports/*.xml] }
    run: |
      echo "bytes: $(printf %s "$TOKEN" | wc -c)"
      echo "plain: $TOKEN"
      printf %s "$TOKEN" | base64
      echo "$KEY"
      echo "to stderr: $TOKEN" >&2
      printf %s "\${TOKEN%spaced}"; sleep 0.2; echo spaced
      echo "leaked=$TOKEN" >> "$PIPEWRIGHT_OUTPUT"
      echo "kept=fine" >> "$PIPEWRIGHT_OUTPUT"
      echo "# Deployed with $TOKEN" >> "$PIPEWRIGHT_SUMMARY"
      echo "no assignment but $TOKEN" >> "$PIPEWRIGHT_ENV"
      mkdir -p reports
      printf '<testsuite name="s"><testcase name="%s"/></testsuite>' "$(echo "$KEY" | sed -n 2p)" > reports/r.xml
  other:
    needs: [use]
    run: echo "nothing here [$TOKEN]"
  fails:
    secrets: [TOKEN, WORD]
    needs: [use]
    run: |
      ps -o args= -p $$ | grep -c '[c]anary' || true
      echo '\${{ secrets.WORD }}' && exit 3
`);
    await cliWith(fixture, CANARY, 'secrets', 'set', 'TOKEN');
    await cliWith(fixture, KEY, 'secrets', 'set', 'KEY', '--global');
    await cliWith(fixture, 'canary-word', 'secrets', 'set', 'WORD');
    const run = await fixture.cli('run', '--format', 'ndjson');
    expect(run.code).toBe(1);
    const show = await fixture.json<{ stages: { id: string; status: string; outputs: object }[] }>(
      'runs',
      'show',
      'latest',
    );
    expect(show.stages.map(({ id, status }) => [id, status])).toEqual([
      ['use', 'succeeded'],
      ['other', 'succeeded'],
      ['fails', 'failed'],
    ]);
    expect(show.stages[0]?.outputs).toEqual({ kept: 'fine' });
    const log = await fixture.cli('logs', 'latest', 'use');
    expect(log.stdout).toMatch(new RegExp(`^bytes: +${Buffer.byteLength(CANARY)}$`, 'm'));
    expect(log.stdout).toMatch(/^plain: \*\*\*$/m);
    expect(log.stdout).toMatch(/^to stderr: \*\*\*$/m);
    expect((await fixture.cli('logs', 'latest', 'fails')).stdout).toMatch(/^0\n\*\*\*$/m);
    const other = await fixture.cli('logs', 'latest', 'other');
    expect(other.stdout).toBe('nothing here []\n');
    for (const text of [run.stdout, run.stderr, JSON.stringify(show), log.stdout])
      expect(text).not.toMatch(/canary/);
    expect(filesWithTraces(fixture.dataDir)).toEqual([]);
  },
);

it('says which secret a stage lacks and how to set it', async () => {
  await using fixture = createCliFixture("stages: { a: { secrets: [DEPLOY_KEY], run: 'true' } }\n");
  const { code, stdout, stderr } = await fixture.cli('run');
  expect(code).toBe(1);
  expect(stdout + stderr).toContain(
    'The secret DEPLOY_KEY is not set for this project; set it with `pipewright secrets set DEPLOY_KEY`',
  );
});
