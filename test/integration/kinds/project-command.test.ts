import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

interface Wish {
  readonly results?: readonly (readonly [ruleId: string, level: string])[];
  readonly files?: readonly string[];
  readonly exitCode?: number;
}

/** A linter of a project: what it is to find stands in its text. */
function linter({ results = [], files = ['a.js'], exitCode = 0 }: Wish): string {
  const log = {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'own-lint' } },
        artifacts: files.map((uri) => ({ location: { uri } })),
        results: results.map(([ruleId, level]) => ({
          ruleId,
          level,
          message: { text: `${ruleId} is broken` },
        })),
      },
    ],
  };
  return [
    "import { writeFileSync } from 'node:fs';",
    `writeFileSync('lint.sarif', ${JSON.stringify(JSON.stringify(log))});`,
    `process.exitCode = ${exitCode};`,
  ].join('\n');
}

const OWN = { command: 'node lint.mjs', sarif: 'lint.sarif' };

describe.each(['test.static', 'test.style'])('a command of the project in %s', (uses) => {
  const judge = (settings: object = {}) => fixture.runStage({ uses, with: { ...OWN, ...settings } });

  it('is judged by its SARIF, not by its exit code', async () => {
    fixture.write('lint.mjs', linter({ results: [['r1', 'note']], exitCode: 1 }));
    const fine = await judge();
    expect(fine.outcome()).toBe('succeeded');
    expect(fine.stage().outputs).toMatchObject({ checked: '1', findings: '1' });
    const [finding] = fine.report('findings')?.findings ?? [];
    expect(finding).toMatchObject({ tool: 'own-lint', ruleId: 'r1', severity: 'low' });

    fixture.write(
      'lint.mjs',
      linter({
        results: [
          ['r1', 'note'],
          ['r2', 'warning'],
        ],
      }),
    );
    expect((await judge()).outcome()).toBe('failed: 1 finding (1 medium)');
    expect((await judge({ 'fail-on': 'never' })).outcome()).toBe('succeeded');
  });

  it('is no success where it has reported nothing', async () => {
    fixture.write('lint.mjs', linter({ exitCode: 2 }));
    expect((await judge()).outcome()).toMatch(
      /^infra-error: The command ended with exit code 2, and its report/,
    );
    fixture.write('lint.mjs', '');
    fixture.write('lint.sarif', 'no JSON');
    expect((await judge()).outcome()).toMatch(/^infra-error: The command wrote no report/);
    expect((await judge({ sarif: 'other.sarif' })).outcome()).toMatch(
      /^infra-error: The command wrote no report/,
    );
  });

  it('goes with neither tools nor their settings, nor without the files that it writes', async () => {
    const refused = async (settings: object) => (await fixture.runStage({ uses, with: settings })).outcome();
    expect(await refused({ ...OWN, paths: 'src' })).toMatch(/`paths` does not work with a `command`/);
    expect(await refused({ command: 'true' })).toMatch(/`command` needs `sarif`/);
    expect(await refused({ sarif: 'a.sarif' })).toMatch(/there is none/);
  });
});

it('does not take what an earlier run has left for what the command found', async () => {
  fixture.write('lint.sarif', '{"version":"2.1.0","runs":[]}');
  fixture.write('lint.mjs', "import { utimesSync } from 'node:fs'; utimesSync('lint.sarif', 1, 1);");
  const run = await fixture.runStage({ uses: 'test.static', with: OWN });
  expect(run.outcome()).toMatch(/^infra-error: The command wrote no report/);
});
