import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';

const BROKEN = "stages:\n  a: { run: 'true', nees: [b] }\n  b: { run: 'true', needs: [c] }\n";

it('writes issues of a file with their places and ends with 2', async () => {
  await using fixture = createCliFixture(BROKEN);
  const { code, stdout } = await fixture.cli('validate');
  expect(code).toBe(2);
  expect(stdout).toMatch(/^pipewright\.yml:2:\d+ error unknown-key .*needs/m);
  const issues = await fixture.json<object[]>('validate');
  expect(issues[0]).toMatchObject({
    code: 'unknown-key',
    severity: 'error',
    path: 'pipewright.yml',
    line: 2,
  });
});

it('does not run an invalid file, and says why on stderr', async () => {
  await using fixture = createCliFixture(BROKEN);
  const { code, stdout, stderr } = await fixture.cli('run', '--format', 'json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/pipewright\.yml:2:\d+ error/);
});

it('accepts a file whose keys of later versions it does not act on yet', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true', reports: { load: k6.json } } }\n");
  const { code, stdout } = await fixture.cli('validate');
  expect(code).toBe(0);
  expect(stdout).toMatch(/unsupported/);
});

it('refuses binary input with one sentence', async () => {
  await using fixture = createCliFixture('stages: \0\u0001\u0002');
  expect(await fixture.cli('validate')).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/binary/) as unknown,
  });
});

it('writes the schema, the catalog, the version and what is installed', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  expect(JSON.parse((await fixture.cli('schema')).stdout)).toMatchObject({
    $schema: expect.any(String) as unknown,
  });
  expect(await fixture.json('kinds')).toContainEqual(expect.objectContaining({ id: 'test.unit' }));
  expect(await fixture.json('kinds', 'test.unit')).toMatchObject({ settings: { type: 'object' } });
  expect((await fixture.cli('kinds', 'test.unti')).stderr).toMatch(/Did you mean test\.unit\?/);
  expect((await fixture.cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const findings = await fixture.json<object[]>('doctor');
  expect(findings).toContainEqual(expect.objectContaining({ name: 'node', status: 'ok' }));
  for (const name of ['docker', 'ssh', 'limits'])
    expect(findings).toContainEqual(
      expect.objectContaining({ name, neededFor: expect.any(String) as string }),
    );
});

it('refuses what is not there yet with one sentence and 2', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  for (const words of [['runner', 'start']]) {
    const { code, stdout, stderr } = await fixture.cli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^pipewright: .* is not there yet in this version\..*\n$/);
  }
});

it('says why a data folder cannot be used', async () => {
  await using fixture = createCliFixture("stages: { a: { run: 'true' } }\n");
  fixture.write('file', '');
  const { code, stderr } = await fixture.cli('runs', 'list', '--data', 'file/data');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^pipewright: The data folder .* cannot be used: .*--data/);
});
