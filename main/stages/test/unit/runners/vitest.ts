import { asOperand, filesOf, namePattern } from '../name-pattern.ts';
import { hasName } from '../project-facts.ts';
import type { Runner } from '../runner.ts';

export const vitestRunner: Runner = {
  tool: { name: 'vitest', bins: ['vitest'], isNodePackage: true, install: 'npm install --save-dev vitest' },
  fits: (facts) => facts.packages.has('vitest') || hasName(facts, 'vitest.config.'),
  argv: ({ scratch, files, cases, withCoverage, args }) => [
    'run',
    '--reporter=default',
    '--reporter=junit',
    `--outputFile.junit=${scratch('tests.xml')}`,
    ...(withCoverage
      ? [
          '--coverage.enabled',
          '--coverage.reporter=lcovonly',
          `--coverage.reportsDirectory=${scratch('coverage')}`,
          '--coverage.reportOnFailure',
        ]
      : ['--coverage.enabled=false']),
    ...(cases.length > 0 ? ['-t', namePattern(cases.map(({ name }) => [name]))] : []),
    ...args,
    ...(cases.length > 0 ? (filesOf(cases) ?? files) : files).map(asOperand),
  ],
  results: { type: 'scratch', file: 'tests.xml' },
  coverage: {
    from: 'scratch',
    globs: ['coverage/lcov.info'],
    needs: { packages: ['@vitest/coverage-v8', '@vitest/coverage-istanbul'] },
  },
  files: { argv: ['list', '--filesOnly'] },
  canRerun: true,
};
