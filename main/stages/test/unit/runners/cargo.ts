import type { Runner } from '../runner.ts';
import { readLibtest } from '../libtest.ts';

const fits: Runner['fits'] = ({ names }) => names.has('Cargo.toml');
const INSTALL = 'from https://rustup.rs';

/** nextest writes JUnit, but only where a configuration says so. */
export const nextestRunner: Runner = {
  tool: {
    name: 'cargo-nextest',
    bins: ['cargo-nextest'],
    versionArgs: ['nextest', '--version'],
    install: 'cargo install cargo-nextest --locked',
  },
  fits,
  argv: ({ scratch, cases, args }) => [
    'nextest',
    'run',
    '--no-fail-fast',
    `--tool-config-file=pipewright:${scratch('nextest.toml')}`,
    ...args,
    ...cases.map(({ name }) => name),
  ],
  config: (scratch) => ({
    file: 'nextest.toml',
    text: `[profile.default.junit]\npath = ${JSON.stringify(scratch('tests.xml'))}\n`,
  }),
  results: { type: 'scratch', file: 'tests.xml' },
  coverage: null,
  files: null,
  shardArgs: ({ index, count }) => [`--partition=hash:${index}/${count}`],
  canRerun: true,
};

/** Without nextest: the lines that the test harness of the language prints. */
export const cargoRunner: Runner = {
  tool: { name: 'cargo', bins: ['cargo'], install: INSTALL },
  fits,
  argv: ({ cases, args }) => [
    'test',
    '--no-fail-fast',
    ...args,
    '--',
    ...(cases.length > 0 ? ['--exact', ...cases.map(({ name }) => name)] : []),
  ],
  results: { type: 'own', file: null, read: (text) => readLibtest(text) },
  coverage: null,
  files: null,
  canRerun: true,
};
