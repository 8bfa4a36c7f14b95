import type { ProjectFacts } from './project-facts.ts';
import type { Runner } from './runner.ts';
import { cargoRunner, nextestRunner } from './runners/cargo.ts';
import { goRunner } from './runners/go.ts';
import { gradleRunner, mavenRunner } from './runners/java.ts';
import { jestRunner } from './runners/jest.ts';
import { mochaRunner } from './runners/mocha.ts';
import { nodeRunner } from './runners/node.ts';
import { pytestRunner } from './runners/pytest.ts';
import { vitestRunner } from './runners/vitest.ts';

/** Those that read the same tests stand together, the preferred first. */
const GROUPS: readonly (readonly [Runner, ...Runner[]])[] = [
  [vitestRunner],
  [jestRunner],
  [mochaRunner],
  [pytestRunner],
  [nextestRunner, cargoRunner],
  [goRunner],
  [mavenRunner],
  [gradleRunner],
  [nodeRunner],
];

export const RUNNERS: readonly Runner[] = GROUPS.flat();

export const RUNNER_NAMES = [
  'vitest',
  'jest',
  'mocha',
  'node',
  'pytest',
  'cargo-nextest',
  'cargo',
  'go',
  'maven',
  'gradle',
] as const;

const IN_SCRIPT: Readonly<Record<string, RegExp>> = {
  vitest: /\bvitest\b/,
  jest: /\bjest\b/,
  mocha: /\bmocha\b/,
  node: /\bnode\b.*--test\b/,
};

/** The runners of a project's tests, the preferred first: what its `test` script calls, else what its files say. */
export function fittingRunners(facts: ProjectFacts): readonly [Runner, ...Runner[]] | null {
  const named = GROUPS.find(([{ tool }]) => IN_SCRIPT[tool.name]?.test(facts.testScript) === true);
  return named ?? GROUPS.find(([runner]) => runner.fits(facts)) ?? null;
}
