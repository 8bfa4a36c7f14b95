import type { Runner } from '../runner.ts';

/** Go's own runner; what it prints with `-json` is read by the reports' port. */
export const goRunner: Runner = {
  tool: { name: 'go', bins: ['go'], versionArgs: ['version'], install: 'from https://go.dev/dl' },
  fits: ({ names }) => names.has('go.mod'),
  argv: ({ scratch, files, cases, withCoverage, args }) => [
    'test',
    '-json',
    ...(withCoverage ? [`-coverprofile=${scratch('cover.out')}`] : []),
    ...(cases.length > 0
      ? [`-run=^(${topLevel(cases.map(({ name }) => name)).join('|')})$`, '-count=1']
      : []),
    ...args,
    ...(files.length > 0 ? files : ['./...']),
  ],
  results: { type: 'stdout' },
  coverage: null,
  files: null,
  canRerun: true,
};

/** A subtest runs with the test around it. */
const topLevel = (names: readonly string[]): readonly string[] => [
  ...new Set(names.map((name) => name.split('/')[0]!.replaceAll(/\W/g, '.'))),
];
