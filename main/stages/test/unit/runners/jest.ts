import { filesOf, namePattern } from '../name-pattern.ts';
import { hasName } from '../project-facts.ts';
import type { Runner } from '../runner.ts';
import { readJestJson } from '../jest-json.ts';

/** Jest writes no JUnit without another package, but a JSON form of its own. */
export const jestRunner: Runner = {
  tool: { name: 'jest', bins: ['jest'], isNodePackage: true, install: 'npm install --save-dev jest' },
  fits: (facts) =>
    facts.packages.has('jest') || facts.packageKeys.has('jest') || hasName(facts, 'jest.config.'),
  argv: ({ scratch, files, cases, withCoverage, args }) => {
    const chosen = cases.length > 0 ? (filesOf(cases) ?? files) : files;
    return [
      '--ci',
      '--json',
      `--outputFile=${scratch('jest.json')}`,
      ...(withCoverage
        ? ['--coverage', '--coverageReporters=lcovonly', `--coverageDirectory=${scratch('coverage')}`]
        : ['--coverage=false']),
      ...(cases.length > 0 ? ['-t', namePattern(cases.map(({ classname, name }) => [classname, name]))] : []),
      ...args,
      ...(chosen.length > 0 ? ['--runTestsByPath', '--', ...chosen] : []),
    ];
  },
  results: { type: 'own', file: 'jest.json', read: readJestJson },
  coverage: { from: 'scratch', globs: ['coverage/lcov.info'] },
  files: { argv: ['--listTests'] },
  canRerun: true,
};
