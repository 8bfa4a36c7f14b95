import { z } from 'zod';
import type { Finding } from '#shared/reports/findings.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { defineKind } from '../kind.ts';
import { findingsForm, metric, metricsForm } from '../tools/forms.ts';
import { failed, nothingChecked } from '../tools/verdict.ts';
import { namedDependencies } from './npm/package-json.ts';
import { NPM, runNpm } from './npm/run-npm.ts';
import { findingOfOutdated, type Outdated, readOutdated } from './npm/npm-outdated.ts';

const limit = (words: string, title: string) =>
  z.int().min(0).optional().describe(`${words}; absent: any number is fine`).meta({ title });

/** How far a project's dependencies are behind. */
export const depsOutdated = defineKind({
  id: 'deps.outdated',
  title: 'Outdated dependencies',
  summary: 'Compares each dependency with the newest version that its registry has',
  docs: [
    'Asks the registry by `npm outdated` and measures how far each dependency is behind, as Semantic Versioning counts: major,',
    'minor, patch. Below 1.0.0 a new minor counts as a major one, because it may break as much.',
    '',
    'Each is a finding: over a limit it is high and fails the stage, else medium (major), low (minor) or info (patch). It leaves',
    'the figures `deps.outdated`, `deps.majors-behind` and `deps.outdated-percent`. A registry that does not answer is no success:',
    'the stage could not judge then.',
  ].join('\n'),
  settings: z.strictObject({
    'max-majors-behind': limit('Major versions that a dependency may be behind', 'Majors behind at most'),
    'max-minors-behind': limit(
      'Minor versions that one may be behind within its major version',
      'Minors behind at most',
    ),
    'max-outdated': limit('Dependencies that may be behind at all', 'Outdated at most'),
    ignore: z
      .array(z.string().min(1))
      .default([])
      .describe('Names of packages that are left out; `*` stands for any part of a name')
      .meta({ title: 'Ignore', examples: [['@types/*']] }),
    'allow-empty': z
      .boolean()
      .default(false)
      .describe('A project without dependencies is fine')
      .meta({ title: 'May be empty' }),
  }),
  example: { 'max-majors-behind': 1, ignore: ['@types/*'] },
  outputs: { outdated: 'How many dependencies are behind', names: 'Which, with commas between them' },
  reports: ['findings', 'metrics'],
  tools: [NPM],
  preview: () => 'npm outdated',
  async run(settings, context) {
    await context.collectFiles();
    const isIgnored = matcherOf(settings.ignore);
    const names = (await namedDependencies(context)).filter((name) => !isIgnored(name));
    if (names.length === 0 && !settings['allow-empty']) {
      nothingChecked(
        'package.json names no dependency',
        'Set `allow-empty: true` if that is as it should be.',
      );
    }
    const { json } = await runNpm(context, ['outdated'], { purpose: 'look for newer versions' });
    const behind = read(json).filter(({ name }) => !isIgnored(name));
    const limits = {
      majors: settings['max-majors-behind'] ?? Infinity,
      minors: settings['max-minors-behind'] ?? Infinity,
    };
    const findings = behind.map((one) => findingOfOutdated(one, limits));
    const share = names.length === 0 ? 0 : Math.min(100, (100 * behind.length) / names.length);
    return {
      outcome: verdictOf(findings, behind.length, settings['max-outdated']),
      reports: [
        findingsForm([{ name: 'npm', version: null }], findings, names.length),
        metricsForm([
          metric('deps.outdated', behind.length, 'count'),
          metric('deps.majors-behind', Math.max(0, ...behind.map(({ majors }) => majors)), 'count'),
          metric('deps.outdated-percent', Math.round(share * 10) / 10, 'percent'),
        ]),
      ],
      outputs: { outdated: String(behind.length), names: behind.map(({ name }) => name).join(',') },
      ...(behind.length > 0 && { summary: tableOf(behind) }),
    };
  },
});

function read(json: unknown): Outdated[] {
  try {
    return readOutdated(json);
  } catch (error) {
    throw new AppError('kind-failed', 'What `npm outdated` printed has another form than expected.', {
      hint: 'Its version may be too new or too old.',
      cause: error,
    });
  }
}

function verdictOf(findings: readonly Finding[], count: number, most: number | undefined) {
  const tooFar = findings.filter(({ severity }) => severity === 'high');
  const [first] = tooFar;
  if (first !== undefined) {
    const others = tooFar.length === 1 ? '' : ` (and ${tooFar.length - 1} more)`;
    return failed(`Too far behind: ${first.message}${others}`);
  }
  if (most !== undefined && count > most) return failed(`${count} are outdated, and ${most} may be`);
  return { type: 'succeeded' } as const;
}

/** Whether a name is one of the patterns, in which only `*` means something. */
export function matcherOf(patterns: readonly string[]): (name: string) => boolean {
  const parts = patterns.map((pattern) =>
    pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')),
  );
  const all = parts.map((one) => new RegExp(`^${one.join('.*')}$`));
  return (name) => all.some((one) => one.test(name));
}

function tableOf(behind: readonly Outdated[]): string {
  const rows = behind.map(
    ({ name, current, wanted, latest }) =>
      `| ${name} | ${current ?? 'not installed'} | ${wanted} | ${latest} |`,
  );
  return ['| package | current | in range | latest |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
