import { asOperand, filesOf, namePattern } from '../name-pattern.ts';
import type { Runner } from '../runner.ts';

const ENDS = '?(c|m)[jt]s';

/** Node's own runner, which prints for people and writes for us. */
export const nodeRunner: Runner = {
  tool: {
    name: 'node',
    bins: ['node'],
    minVersion: '20.0.0',
    install: 'from https://nodejs.org',
  },
  fits: ({ testScript, names }) => /\bnode\b.*--test\b/.test(testScript) || names.has('package.json'),
  argv: ({ scratch, files, cases, withCoverage, args }) => [
    '--test',
    ...reporter('spec', 'stdout'),
    ...reporter('junit', scratch('tests.xml')),
    ...(withCoverage ? ['--experimental-test-coverage', ...reporter('lcov', scratch('lcov.info'))] : []),
    ...(cases.length > 0 ? [`--test-name-pattern=${namePattern(cases.map(({ name }) => [name]))}`] : []),
    ...args,
    ...(cases.length > 0 ? (filesOf(cases) ?? files) : files).map(asOperand),
  ],
  results: { type: 'scratch', file: 'tests.xml' },
  coverage: { from: 'scratch', globs: ['lcov.info'] },
  files: {
    globs: [
      `**/*.test.${ENDS}`,
      `**/*-test.${ENDS}`,
      `**/*_test.${ENDS}`,
      `**/test-*.${ENDS}`,
      `**/test.${ENDS}`,
      `**/test/**/*.${ENDS}`,
    ],
  },
  canRerun: true,
};

const reporter = (name: string, destination: string): string[] => [
  `--test-reporter=${name}`,
  `--test-reporter-destination=${destination}`,
];
