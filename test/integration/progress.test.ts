import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import { progressWords } from '#shared/run/progress.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

const PIPELINE = `name: Progress
inputs:
  target: { type: string }
stages:
  upload:
    secrets: [TOKEN]
    shell: node
    run: |
      process.stdout.write('::progress done=0 total=3::Uploading a.tgz\\n');
      for (let each = 0; each < 500; each += 1) console.error('::progress done=1 total=3::Uploading ' + each);
      console.log('text ::progress done=9::\\n ::progress done=9::\\n::progress done=x::');
      process.stdout.write('::progress done=3 total=3::with ' + process.env.TOKEN);
  steps:
    steps:
      - { name: first, run: echo }
      - { name: second, run: "echo '::progress done=5 total=10::'; exit 3" }
      - { name: third, run: echo }
    continue-on-error: true
  files:
    uses: publish.files
    with: { paths: 'files/*', to: folder, target: "\${{ inputs.target }}" }
  quiet:
    run: echo
`;

let events: readonly RunEvent[] = [];
let plain = '';
let log = '';

beforeAll(async () => {
  await using fixture = createCliFixture(PIPELINE);
  expect((await cliWith(fixture, 'sesame-open-2', 'secrets', 'set', 'TOKEN')).code).toBe(0);
  for (const name of ['a', 'b', 'c']) fixture.write(`files/${name}`, name);
  const target = ['--input', `target=${path.join(fixture.dataDir, 'target')}`];
  const run = await fixture.cli('run', '--format', 'ndjson', '--trust', ...target);
  expect(run.stderr).toBe('');
  events = jsonLines<RunEvent>(run.stdout);
  log = (await fixture.cli('logs', events[0]!.runId, 'upload')).stdout;
  plain = (await fixture.cli('run', '--trust', '--no-color', '--format', 'pretty', ...target)).stdout;
});

const wordsOf = (stage: string): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'stage-progress' && event.stage === stage ? [progressWords(event)] : [],
  );

describe('progress of a run', () => {
  it('is told by lines of a script, the first and the last of many, without its secrets', () => {
    const words = wordsOf('upload');
    expect(words[0]).toBe('0 of 3: Uploading a.tgz');
    expect(words.at(-1)).toBe('3 of 3: with ***');
    expect(words.length).toBeLessThan(50);
    expect(JSON.stringify(events)).not.toContain('sesame');
    expect(log).toContain('::progress done=0 total=3::Uploading a.tgz\n');
    expect(log).toContain('::progress done=3 total=3::with ***');
  });

  it('counts the steps of a stage, and what a step tells as a part of it', () => {
    const words = wordsOf('steps');
    expect(words[0]).toBe('0 of 3: first');
    expect(words.at(-1)).toBe('step 2 of 3, 5 of 10');
    const ofSteps = events.filter((event) => 'stage' in event && event.stage === 'steps');
    const types = ofSteps.map((event) => (event.type === 'step-finished' ? event.step : event.type));
    expect(types.lastIndexOf('stage-progress')).toBeLessThan(types.indexOf('attempt-finished'));
  });

  it('is told by a kind that goes through files', () => {
    expect(wordsOf('files')[0]).toBe('0 of 3: sending files/a');
    expect(wordsOf('files').at(-1)).toBe('3 of 3');
  });

  it('is not there for a stage that tells nothing, and no line of a plain log', () => {
    expect(wordsOf('quiet')).toEqual([]);
    expect(plain).toContain('upload');
    expect(plain).not.toMatch(/\d of 3/);
  });
});
