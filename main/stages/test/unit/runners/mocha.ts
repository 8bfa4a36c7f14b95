import { asOperand, filesOf, namePattern } from '../name-pattern.ts';
import { hasName } from '../project-facts.ts';
import type { Runner } from '../runner.ts';

export const mochaRunner: Runner = {
  tool: { name: 'mocha', bins: ['mocha'], isNodePackage: true, install: 'npm install --save-dev mocha' },
  fits: (facts) =>
    facts.packages.has('mocha') || facts.packageKeys.has('mocha') || hasName(facts, '.mocharc.'),
  argv: ({ scratch, files, cases, args }) => [
    '--reporter=xunit',
    `--reporter-option=output=${scratch('tests.xml')}`,
    ...(cases.length > 0
      ? [`--grep=${namePattern(cases.map(({ classname, name }) => [classname, name]))}`]
      : []),
    ...args,
    ...(cases.length > 0 ? (filesOf(cases) ?? files) : files).map(asOperand),
  ],
  results: { type: 'scratch', file: 'tests.xml' },
  coverage: {
    from: 'scratch',
    globs: ['coverage/lcov.info'],
    needs: {
      wrapping: { name: 'c8', bins: ['c8'], isNodePackage: true, install: 'npm install --save-dev c8' },
      argv: ({ scratch }) => [
        '--reporter=lcovonly',
        `--reports-dir=${scratch('coverage')}`,
        `--temp-directory=${scratch('c8')}`,
      ],
    },
  },
  files: { globs: ['test/*.{js,cjs,mjs}'] },
  canRerun: true,
};
