import { block, pipelineText, type StageText } from './pipeline-text.ts';
import type { RustFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

const DEFAULTS: RustFacts = { hasLock: true };

export const rustTemplate: PipelineTemplate = {
  id: 'rust',
  title: 'Rust',
  summary: 'Format, clippy, tests, then a release build.',
  keywords: ['cargo', 'clippy'],
  rank: 1,
  reason: ({ rust }) => (rust === null ? null : rust.hasLock ? 'Cargo.toml, Cargo.lock' : 'Cargo.toml'),
  write: ({ name, rust }) =>
    pipelineText({
      about: ['Checks, tests and builds with Cargo.'],
      name,
      head: ['timeout: 1h', ...block('env', ['CARGO_TERM_COLOR: always'])],
      stages: rustStages(rust ?? DEFAULTS),
    }),
};

export function rustStages({ hasLock }: RustFacts = DEFAULTS): readonly StageText[] {
  const locked = hasLock ? ' --locked' : '';
  return [
    { id: 'format', lines: ['run: cargo fmt --all --check', 'timeout: 2m'] },
    {
      id: 'lint',
      about: [
        'Cargo lets one command at a time into `target`, so the stages that compile follow each other.',
      ],
      lines: [
        `run: cargo clippy --workspace --all-targets${locked} -- -D warnings`,
        'timeout: 30m',
        ...block('cache', [
          `key: cargo-\${{ hashFiles('${hasLock ? 'Cargo.lock' : '**/Cargo.toml'}') }}`,
          'restore-keys: [cargo-]',
          'paths: target',
        ]),
      ],
    },
    {
      id: 'unit',
      about: ['`cargo nextest run` can write JUnit XML: named as `junit` below `with`, each test is shown.'],
      needs: ['lint'],
      lines: [
        'uses: test.unit',
        ...block('with', [`command: cargo test --workspace${locked}`]),
        'timeout: 30m',
      ],
    },
    {
      id: 'build',
      needs: ['format', 'unit'],
      lines: [
        `run: cargo build --release${locked}`,
        'timeout: 30m',
        ...block('artifacts', [
          'name: release',
          'paths: target/release/*',
          "exclude: ['target/release/.*', target/release/*.d]",
        ]),
      ],
    },
  ];
}
