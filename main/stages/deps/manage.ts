import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { metric, metricsForm } from '../tools/forms.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { failed } from '../tools/verdict.ts';
import { GIT, lockHashOf, patchBetween, restore, snapshotOf } from './lock-patch.ts';
import { NPM, runNpm } from './npm/run-npm.ts';

const PATCH = 'deps.patch';
/** A name from the registry with a version, a range or a tag. */
const UPDATE = /^(?:@[\w.-]+\/)?[\w.-]+@[^\s:/]+$/;

/** Asks for one version, and not for a range. */
const isExact = (update: string): boolean => semver.valid(update.slice(update.lastIndexOf('@') + 1)) !== null;

/** Changes versions of dependencies, and hands the change over. */
export const depsManage = defineKind({
  id: 'deps.manage',
  title: 'Update dependencies',
  summary: 'Sets dependencies to other versions, writes the lock, and keeps the change as a patch',
  docs: [
    'Runs `npm install NAME@RANGE --package-lock-only` for all `updates` at once: package.json and the lock change, nothing is',
    'installed and no script of a package runs. package.json gets the range that is asked for; versions without a range get `^`',
    'unless all `updates` are such. Then `npm ci --dry-run` checks that both files fit together.',
    '',
    'The change is kept as the artifact `deps.patch` for `git apply`, and stays in the workspace unless `keep: false`: stages after',
    'it install, build and test with it. It fails when a version is not there, does not fit the others, or when nothing has changed',
    'although `must-change` asks for it; the files are then as they were.',
  ].join('\n'),
  settings: z.strictObject({
    updates: z
      .array(wordSetting.regex(UPDATE, 'must be a name with a version: `lodash@^4.17.21`'))
      .min(1)
      .describe('What to set: `NAME@RANGE`, with a version, a range or a tag')
      .meta({ title: 'Updates', examples: [['lodash@^4.17.21', '@types/node@latest']] }),
    dev: z
      .boolean()
      .default(false)
      .describe('Packages that are new go to the development dependencies')
      .meta({ title: 'For development' }),
    keep: z
      .boolean()
      .default(true)
      .describe('The change stays in the workspace for the stages after it')
      .meta({ title: 'Keep the change' }),
    'must-change': z
      .boolean()
      .default(false)
      .describe('Fails when everything was at these versions already')
      .meta({ title: 'Must change something' }),
  }),
  example: { updates: ['lodash@^4.17.21'] },
  outputs: {
    changed: '`true` when the lock or package.json has changed',
    'lock-hash': 'SHA-256 of the lock file, in hex',
    patch: 'The file with the patch, relative to the stage’s folder; empty without a change',
  },
  reports: ['metrics'],
  tools: [NPM, GIT],
  worksOnFiles: true,
  preview: ({ updates }) => `npm install --package-lock-only ${updates.join(' ')}`,
  async run({ updates, dev, keep, ...settings }, context) {
    const before = await snapshotOf(context);
    const flags = ['--package-lock-only', '--ignore-scripts', ...(dev ? ['--save-dev'] : [])];
    if (updates.every(isExact)) flags.push('--save-exact');
    try {
      await runNpm(context, ['install', ...flags, '--', ...updates], { purpose: 'set the versions' });
      await runNpm(context, ['ci', '--dry-run', '--ignore-scripts'], { purpose: 'check the new lock' });
    } catch (error) {
      await restore(context, before);
      // What the registry or the resolver refuses is a verdict on the wish; a registry that is away is not.
      if (error instanceof AppError && error.code === 'kind-failed')
        return { outcome: failed(error.message) };
      throw error;
    }
    const after = await snapshotOf(context);
    const patch = await patchBetween(context, before, after);
    if (patch !== '') await writeFile(path.join(context.cwd, PATCH), patch);
    if (!keep) await restore(context, before);
    const isSame = patch === '';
    return {
      outcome:
        isSame && settings['must-change']
          ? failed(`Nothing has changed: ${updates.join(', ')} was there already`)
          : SUCCEEDED,
      reports: [metricsForm([metric('deps.updated', isSame ? 0 : updates.length, 'count', null)])],
      outputs: { changed: String(!isSame), 'lock-hash': lockHashOf(after), patch: isSame ? '' : PATCH },
      artifacts: isSame ? [] : [artifactOf(context, PATCH, [PATCH])],
    };
  },
});
