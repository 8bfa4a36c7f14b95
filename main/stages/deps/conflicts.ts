import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { Finding } from '#shared/reports/findings.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { defineKind } from '../kind.ts';
import { finding, findingsForm, metric, metricsForm } from '../tools/forms.ts';
import { rowByMarks } from '../tools/row-by-marks.ts';
import { failOnSetting } from '../tools/setting-shapes.ts';
import { judgeFindings, nothingChecked } from '../tools/verdict.ts';
import { GIT, patchBetween, snapshotOf } from './lock-patch.ts';
import { MVN } from './managers/read-graph.ts';
import { mavenConflicts } from './maven-conflicts.ts';
import { readNpmTree } from './npm/npm-tree.ts';
import { NPM, runNpm } from './npm/run-npm.ts';

const PATCH = 'deps.patch';

/** Where packages of a project do not agree on a version. */
export const depsConflicts = defineKind({
  id: 'deps.conflicts',
  title: 'Dependency conflicts',
  summary: 'Finds packages that do not fit together, and those that are there in several versions',
  docs: [
    'Looks through the tree that npm resolved. A package in a version that someone does not accept, as with peer dependencies,',
    'is a conflict and a finding of severity high; one that is there in several versions is low.',
    '',
    'With `mode: fix`, `npm dedupe` writes a lock with fewer versions where the ranges allow it, the change is kept as the artifact',
    '`deps.patch` for `git apply`, and what is left decides. `from: lock` looks at the lock file alone, without what is installed.',
    'For Maven the rule `dependencyConvergence` of its enforcer plugin is asked; there `mode: fix` is refused.',
    'It leaves the figures `deps.conflicts` and `deps.duplicates`.',
  ].join('\n'),
  settings: z.strictObject({
    manager: z
      .enum(['auto', 'npm', 'mvn'])
      .default('auto')
      .describe('Who resolves the dependencies; `auto` goes by the files of the folder')
      .meta({ title: 'Package manager' }),
    mode: z
      .enum(['report', 'fix'])
      .default('report')
      .describe('`report` only looks; `fix` writes the lock anew, with fewer versions')
      .meta({ title: 'Mode' }),
    from: z
      .enum(['installed', 'lock'])
      .default('installed')
      .describe('What to look at: what is installed, or what the lock file says')
      .meta({ title: 'Look at' }),
    'fail-on': failOnSetting
      .default('high')
      .describe('The least severity that fails the stage; `low` also fails on several versions of a package')
      .meta({ title: 'Fails on' }),
    'allow-empty': z
      .boolean()
      .default(false)
      .describe('A project without dependencies is fine')
      .meta({ title: 'May be empty' }),
  }),
  example: { mode: 'report', from: 'lock' },
  outputs: { conflicts: 'How many there are', duplicates: 'How many packages have several versions' },
  reports: ['findings', 'metrics'],
  tools: [NPM, GIT, MVN],
  worksOnFiles: true,
  async run({ manager, mode, from, ...settings }, context) {
    const marked = { npm: { marks: ['package.json'] }, mvn: { marks: ['pom.xml'] } };
    const name = manager === 'auto' ? await rowByMarks(context, marked, 'look for conflicts') : manager;
    if (name === 'mvn') {
      if (mode === 'fix') {
        throw new AppError('usage', '`mode: fix` is for npm: Maven has no lock file.', {
          hint: 'Say the version in `dependencyManagement` of the pom.xml.',
        });
      }
      return resultOf('mvn', await mavenConflicts(context), [], null, settings['fail-on']);
    }
    const patch = mode === 'fix' ? await dedupe(context) : '';
    const { sbom, conflicts } = await lookAt(context, mode === 'fix' ? 'lock' : from);
    const checked = sbom.components.length;
    if (checked === 0 && conflicts.length === 0 && !settings['allow-empty']) {
      nothingChecked('npm knows of no dependency', 'Set `allow-empty: true` if that is as it should be.');
    }
    return {
      ...resultOf('npm', conflicts, duplicatesOf(sbom), checked, settings['fail-on']),
      artifacts: patch === '' ? [] : [artifactOf(context, PATCH, [PATCH])],
    };
  },
});

function resultOf(
  tool: string,
  conflicts: readonly Finding[],
  duplicates: readonly Finding[],
  checked: number | null,
  failOn: z.output<typeof failOnSetting>,
): KindResult {
  const findings = [...conflicts, ...duplicates];
  return {
    outcome: judgeFindings(findings, failOn),
    reports: [
      findingsForm([{ name: tool, version: null }], findings, checked),
      metricsForm([
        metric('deps.conflicts', conflicts.length, 'count'),
        metric('deps.duplicates', duplicates.length, 'count'),
      ]),
    ],
    outputs: { conflicts: String(conflicts.length), duplicates: String(duplicates.length) },
  };
}

async function lookAt(
  context: KindContext,
  from: 'installed' | 'lock',
): Promise<{ readonly sbom: Sbom; readonly conflicts: readonly Finding[] }> {
  const args = ['ls', '--all', '--long', ...(from === 'lock' ? ['--package-lock-only'] : [])];
  const { json } = await runNpm(context, args, {
    purpose: 'list the dependencies',
    mayFail: ['ELSPROBLEMS'],
  });
  const { sbom, problems } = readNpmTree(json);
  return { sbom, conflicts: problems.filter(({ ruleId }) => ruleId !== 'extraneous') };
}

/** @returns the patch; '' when there was nothing to do */
async function dedupe(context: KindContext): Promise<string> {
  const before = await snapshotOf(context);
  const args = ['dedupe', '--package-lock-only', '--ignore-scripts'];
  await runNpm(context, args, { purpose: 'resolve the versions anew' });
  const patch = await patchBetween(context, before, await snapshotOf(context));
  if (patch !== '') await writeFile(path.join(context.cwd, PATCH), patch);
  return patch;
}

function duplicatesOf({ components }: Sbom): Finding[] {
  const versions = new Map<string, string[]>();
  for (const { name, version } of components) {
    versions.set(name, [...(versions.get(name) ?? []), version ?? '?']);
  }
  return [...versions]
    .filter(([, all]) => all.length > 1)
    .map(([name, all]) =>
      finding({
        ...{ tool: 'npm', ruleId: 'duplicate', severity: 'low', file: 'package-lock.json', package: name },
        message: `${name} is there in ${all.length} versions: ${all.join(', ')}.`,
      }),
    );
}
