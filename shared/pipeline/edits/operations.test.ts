import { describe, expect, it } from 'vitest';
import { applyOperations } from './apply-operations.ts';
import type { Operation } from './operation.ts';

const SHOP = `# Builds and ships the shop.
name: Web shop

env:
  NODE_ENV: test # everywhere

stages:
  # Dependencies come first.
  install:
    run: npm ci

  unit:
    needs: [install]
    if: \${{ success() }}
    uses: test.unit # with coverage
    with:
      command: npm test
    timeout: 10m

  # Only what is tested is shipped.
  package:
    needs: unit
    run: |
      npm pack
      echo "\${{ needs.unit.result }}"
`;

const here = { scope: null } as const;

/** The lines that operations take away and put in. */
function changeBy(...operations: readonly Operation[]): string {
  const result = applyOperations(SHOP, operations);
  if (!result.ok) return result.reason;
  const before = SHOP.split('\n');
  const after = result.text.split('\n');
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const changed = (lines: readonly string[], sign: string): readonly string[] =>
    lines.slice(head, lines.length - tail).map((line) => `${sign} ${line}`.trimEnd());
  return [...changed(before, '-'), ...changed(after, '+')].join('\n');
}

describe('what operations write', () => {
  it('a new stage stands at the end, apart like the others', () => {
    expect(
      changeBy({
        type: 'add-stage',
        ...here,
        id: 'lint',
        value: { needs: ['install'], run: 'npm run lint' },
      }),
    ).toMatchInlineSnapshot(`
      "+   lint:
      +     needs: [install]
      +     run: npm run lint
      +"
    `);
  });

  it('a new stage behind another has its keys in the style of the file', () => {
    expect(
      changeBy({
        type: 'add-stage',
        ...here,
        id: 'lint',
        value: {
          needs: ['install'],
          uses: 'test.lint',
          with: { files: ['src/**', 'test/**'], fix: false },
          run: 'a\nb\n',
        },
        after: 'install',
      }),
    ).toMatchInlineSnapshot(`
  "+   lint:
  +     needs: [install]
  +     uses: test.lint
  +     with:
  +       files: [src/**, test/**]
  +       fix: false
  +     run: |
  +       a
  +       b
  +"
`);
  });

  it('a stage between two others is needed by the second instead of the first', () => {
    expect(
      changeBy({
        type: 'insert-between',
        ...here,
        id: 'scan',
        value: { run: 'scan' },
        source: 'unit',
        target: 'package',
      }),
    ).toMatchInlineSnapshot(`
  "-   # Only what is tested is shipped.
  -   package:
  -     needs: unit
  +   scan:
  +     needs: [unit]
  +     run: scan
  +
  +   # Only what is tested is shipped.
  +   package:
  +     needs: scan"
`);
  });

  it('a deleted stage goes with its gap, and what needed it needs what it needed', () => {
    expect(changeBy({ type: 'delete-stages', ...here, ids: ['unit'], heal: true })).toMatchInlineSnapshot(`
      "-   unit:
      -     needs: [install]
      -     if: \${{ success() }}
      -     uses: test.unit # with coverage
      -     with:
      -       command: npm test
      -     timeout: 10m
      -
      -   # Only what is tested is shipped.
      -   package:
      -     needs: unit
      +   # Only what is tested is shipped.
      +   package:
      +     needs: install"
    `);
  });

  it('the first stage goes with its comment', () => {
    expect(changeBy({ type: 'delete-stages', ...here, ids: ['install'], heal: false }))
      .toMatchInlineSnapshot(`
      "-   # Dependencies come first.
      -   install:
      -     run: npm ci
      -
      -   unit:
      -     needs: [install]
      +   unit:"
    `);
  });

  it('a new name goes everywhere: needs, conditions and scripts', () => {
    expect(changeBy({ type: 'rename-stage', ...here, id: 'unit', to: 'unit-tests' })).toMatchInlineSnapshot(`
      "-   unit:
      -     needs: [install]
      -     if: \${{ success() }}
      -     uses: test.unit # with coverage
      -     with:
      -       command: npm test
      -     timeout: 10m
      -
      -   # Only what is tested is shipped.
      -   package:
      -     needs: unit
      -     run: |
      -       npm pack
      -       echo "\${{ needs.unit.result }}"
      +   unit-tests:
      +     needs: [install]
      +     if: \${{ success() }}
      +     uses: test.unit # with coverage
      +     with:
      +       command: npm test
      +     timeout: 10m
      +
      +   # Only what is tested is shipped.
      +   package:
      +     needs: unit-tests
      +     run: |
      +       npm pack
      +       echo "\${{ needs.unit-tests.result }}""
    `);
  });

  it('copies keep comments and need each other', () => {
    expect(changeBy({ type: 'duplicate-stages', ...here, ids: { unit: 'unit-2', package: 'package-2' } }))
      .toMatchInlineSnapshot(`
      "+   unit-2:
      +     needs: [install]
      +     if: \${{ success() }}
      +     uses: test.unit # with coverage
      +     with:
      +       command: npm test
      +     timeout: 10m
      +
      +   # Only what is tested is shipped.
      +   package-2:
      +     needs: unit-2
      +     run: |
      +       npm pack
      +       echo "\${{ needs.unit-2.result }}"
      +"
    `);
  });

  it('what is pasted gets a free name and keeps its own indent', () => {
    expect(
      changeBy({
        type: 'paste-stages',
        ...here,
        text: '# Pasted\nunit:\n    needs: install\n    run: x\n',
        after: 'install',
      }),
    ).toMatchInlineSnapshot(`
  "+   # Pasted
  +   unit-2:
  +       needs: install
  +       run: x
  +"
`);
  });

  it('a moved stage takes its comment along', () => {
    expect(changeBy({ type: 'move-stage', ...here, id: 'package', before: 'install' }))
      .toMatchInlineSnapshot(`
      "-   # Dependencies come first.
      -   install:
      -     run: npm ci
      -
      -   unit:
      -     needs: [install]
      -     if: \${{ success() }}
      -     uses: test.unit # with coverage
      -     with:
      -       command: npm test
      -     timeout: 10m
      -
      -   # Only what is tested is shipped.
      -   package:
      -     needs: unit
      -     run: |
      -       npm pack
      -       echo "\${{ needs.unit.result }}"
      +   # Only what is tested is shipped.
      +   package:
      +     needs: unit
      +     run: |
      +       npm pack
      +       echo "\${{ needs.unit.result }}"
      +
      +   # Dependencies come first.
      +   install:
      +     run: npm ci
      +
      +   unit:
      +     needs: [install]
      +     if: \${{ success() }}
      +     uses: test.unit # with coverage
      +     with:
      +       command: npm test
      +     timeout: 10m"
    `);
  });

  it('moved stages stay in their order', () => {
    expect(changeBy({ type: 'move-stages', ...here, ids: ['install', 'unit'], before: null }))
      .toMatchInlineSnapshot(`
      "-   # Dependencies come first.
      -   install:
      -     run: npm ci
      -
      -   unit:
      -     needs: [install]
      -     if: \${{ success() }}
      -     uses: test.unit # with coverage
      -     with:
      -       command: npm test
      -     timeout: 10m
      -
      -   # Only what is tested is shipped.
      -   package:
      -     needs: unit
      -     run: |
      -       npm pack
      -       echo "\${{ needs.unit.result }}"
      +   # Only what is tested is shipped.
      +   package:
      +     needs: unit
      +     run: |
      +       npm pack
      +       echo "\${{ needs.unit.result }}"
      +
      +   # Dependencies come first.
      +   install:
      +     run: npm ci
      +
      +   unit:
      +     needs: [install]
      +     if: \${{ success() }}
      +     uses: test.unit # with coverage
      +     with:
      +       command: npm test
      +     timeout: 10m"
    `);
  });

  it('one need becomes a list', () => {
    expect(changeBy({ type: 'connect', ...here, source: 'install', target: 'package' }))
      .toMatchInlineSnapshot(`
      "-     needs: unit
      +     needs: [unit, install]"
    `);
  });

  it('needs come before what a stage does', () => {
    expect(
      changeBy(
        { type: 'add-stage', ...here, id: 'z', value: { run: 'z' } },
        { type: 'connect', ...here, source: 'install', target: 'z' },
      ),
    ).toMatchInlineSnapshot(`
    "+   z:
    +     needs: [install]
    +     run: z
    +"
  `);
  });

  it('the last need goes with its key', () => {
    expect(
      changeBy({ type: 'disconnect', ...here, source: 'install', target: 'unit' }),
    ).toMatchInlineSnapshot(`"-     needs: [install]"`);
  });

  it('fields change in their lines', () => {
    expect(
      changeBy(
        { type: 'set-field', path: ['stages', 'unit', 'timeout'], value: '15m' },
        { type: 'set-field', path: ['stages', 'unit', 'with', 'command'], value: 'npm run test: all' },
      ),
    ).toMatchInlineSnapshot(`
    "-       command: npm test
    -     timeout: 10m
    +       command: 'npm run test: all'
    +     timeout: 15m"
  `);
  });

  it('a new field stands at its place with what holds it', () => {
    expect(changeBy({ type: 'set-field', path: ['stages', 'package', 'retry', 'max'], value: 2 }))
      .toMatchInlineSnapshot(`
      "+     retry:
      +       max: 2"
    `);
  });

  it('a script of several lines is a literal', () => {
    expect(
      changeBy({
        type: 'set-field',
        path: ['stages', 'install', 'run'],
        value: 'npm ci\nnpm rebuild\n',
      }),
    ).toMatchInlineSnapshot(`
  "-     run: npm ci
  +     run: |
  +       npm ci
  +       npm rebuild"
`);
  });

  it('a line of a script is one line', () => {
    expect(
      changeBy({
        type: 'set-field',
        path: ['stages', 'package', 'run'],
        value: 'npm pack --silent\necho "${{ needs.unit.result }}"\n',
      }),
    ).toMatchInlineSnapshot(`
  "-       npm pack
  +       npm pack --silent"
`);
  });

  it('a mapping that is empty goes', () => {
    expect(changeBy({ type: 'set-field', path: ['stages', 'unit', 'with', 'command'], value: undefined }))
      .toMatchInlineSnapshot(`
      "-     with:
      -       command: npm test"
    `);
  });

  it('an input, a fixed value and a pipeline are renamed where they are read and called', () => {
    const text = [
      'inputs: { target: {} }',
      'vars: { port: 80 }',
      'pipelines:',
      '  ship:',
      '    inputs: { to: {} }',
      '    stages:',
      '      go: { run: "echo ${{ inputs.to }} ${{ vars.port }} ${{ inputs.target }}" }',
      'stages:',
      '  a: { pipeline: ship, with: { to: "${{ inputs.target }}" } }',
      "  b: { if: inputs.target == 'x', run: echo }",
      '',
    ].join('\n');
    const answer = applyOperations(text, [
      { type: 'rename-key', path: ['inputs', 'target'], to: 'where' },
      { type: 'rename-key', path: ['vars', 'port'], to: 'http' },
      { type: 'rename-key', path: ['pipelines', 'ship', 'inputs', 'to'], to: 'place' },
      { type: 'rename-key', path: ['pipelines', 'ship'], to: 'send' },
    ]);
    expect(answer.ok && answer.text).toBe(
      [
        'inputs: { where: {} }',
        'vars: { http: 80 }',
        'pipelines:',
        '  send:',
        '    inputs: { place: {} }',
        '    stages:',
        '      go: { run: "echo ${{ inputs.place }} ${{ vars.http }} ${{ inputs.target }}" }',
        'stages:',
        '  a: { pipeline: send, with: { place: "${{ inputs.where }}" } }',
        "  b: { if: inputs.where == 'x', run: echo }",
        '',
      ].join('\n'),
    );
  });

  it('a setting of the file that is empty goes, and a trigger without filters stays', () => {
    const text = 'on:\n  push:\n    branches: [main]\nretention:\n  age: 30d\nstages:\n  a: { run: a }\n';
    const answer = applyOperations(text, [
      { type: 'set-field', path: ['retention', 'age'], value: undefined },
      { type: 'set-field', path: ['on', 'push', 'branches'], value: undefined },
    ]);
    expect(answer).toMatchObject({ text: 'on:\n  push: {}\nstages:\n  a: { run: a }\n' });
  });

  it('short lists stand in one line', () => {
    expect(
      changeBy({
        type: 'set-field',
        path: ['stages', 'unit', 'matrix'],
        value: { node: [22, 24], os: ['linux', 'windows'] },
      }),
    ).toMatchInlineSnapshot(`
  "+     matrix:
  +       node: [22, 24]
  +       os: [linux, windows]"
`);
  });

  it('steps are added and moved', () => {
    expect(
      changeBy(
        { type: 'set-field', path: ['stages', 'install', 'run'], value: undefined },
        {
          type: 'set-field',
          path: ['stages', 'install', 'steps'],
          value: [{ run: 'npm ci', name: 'Install' }, { run: 'a\nb\n' }],
        },
        {
          type: 'insert-item',
          path: ['stages', 'install', 'steps'],
          index: 1,
          value: { uses: 'cache.restore' },
        },
        { type: 'move-item', path: ['stages', 'install', 'steps'], from: 2, to: 0 },
      ),
    ).toMatchInlineSnapshot(`
    "-     run: npm ci
    +     steps:
    +       - run: |
    +           a
    +           b
    +       - run: npm ci
    +         name: Install
    +       - uses: cache.restore"
  `);
  });

  it('another key keeps value and comment', () => {
    expect(changeBy({ type: 'rename-key', path: ['env', 'NODE_ENV'], to: 'MODE' })).toMatchInlineSnapshot(`
      "-   NODE_ENV: test # everywhere
      +   MODE: test # everywhere"
    `);
  });

  it('what YAML would read as something else is quoted', () => {
    expect(changeBy({ type: 'set-field', path: ['env', 'CI'], value: 'true' })).toMatchInlineSnapshot(
      `"+   CI: 'true'"`,
    );
  });

  it('what stages have in common becomes a template with its comments', () => {
    expect(
      changeBy(
        { type: 'duplicate-stages', ...here, ids: { unit: 'e2e' } },
        { type: 'extract-template', ...here, ids: ['unit', 'e2e'], template: 'tests' },
      ),
    ).toMatchInlineSnapshot(`
    "- stages:
    -   # Dependencies come first.
    -   install:
    -     run: npm ci
    -
    -   unit:
    -     needs: [install]
    -     if: \${{ success() }}
    -     uses: test.unit # with coverage
    -     with:
    -       command: npm test
    -     timeout: 10m
    + templates:
    +   tests:
    +     if: \${{ success() }}
    +     uses: test.unit # with coverage
    +     with:
    +       command: npm test
    +     timeout: 10m
    +
    + stages:
    +   # Dependencies come first.
    +   install:
    +     run: npm ci
    +
    +   unit:
    +     extends: tests
    +     needs: [install]
    +
    +   e2e:
    +     extends: tests
    +     needs: [install]"
  `);
  });

  it('stages become a pipeline with their comments, and a call', () => {
    expect(
      changeBy({ type: 'extract-pipeline', ids: ['unit', 'package'], pipeline: 'ship', stage: 'deliver' }),
    ).toMatchInlineSnapshot(`
      "- stages:
      -   # Dependencies come first.
      -   install:
      -     run: npm ci
      -
      -   unit:
      -     needs: [install]
      -     if: \${{ success() }}
      -     uses: test.unit # with coverage
      -     with:
      -       command: npm test
      -     timeout: 10m
      -
      -   # Only what is tested is shipped.
      -   package:
      -     needs: unit
      -     run: |
      -       npm pack
      -       echo "\${{ needs.unit.result }}"
      + pipelines:
      +   ship:
      +     stages:
      +       unit:
      +         if: \${{ success() }}
      +         uses: test.unit # with coverage
      +         with:
      +           command: npm test
      +         timeout: 10m
      +
      +       # Only what is tested is shipped.
      +       package:
      +         needs: unit
      +         run: |
      +           npm pack
      +           echo "\${{ needs.unit.result }}"
      +
      + stages:
      +   # Dependencies come first.
      +   install:
      +     run: npm ci
      +
      +   deliver:
      +     needs: [install]
      +     pipeline: ship"
    `);
  });

  it('sections of the file have an order', () => {
    expect(
      changeBy({
        type: 'set-field',
        path: ['on'],
        value: { push: { branches: ['main'] }, schedule: '0 3 * * *' },
      }),
    ).toMatchInlineSnapshot(`
      "+ on:
      +   push:
      +     branches: [main]
      +   schedule: 0 3 * * *
      +"
    `);
  });

  it('a section that is not there is made', () => {
    expect(
      changeBy({
        type: 'set-field',
        path: ['inputs', 'target'],
        value: { type: 'choice', options: ['a', 'b'] },
      }),
    ).toMatchInlineSnapshot(`
  "+ inputs:
  +   target:
  +     type: choice
  +     options: [a, b]
  +"
`);
  });

  it('a list that is not there is made', () => {
    expect(
      changeBy({
        type: 'insert-item',
        path: ['stages', 'package', 'artifacts'],
        index: -1,
        value: { name: 'package', paths: ['dist/*.tgz'] },
      }),
    ).toMatchInlineSnapshot(`
  "+     artifacts:
  +       - name: package
  +         paths: [dist/*.tgz]"
`);
  });
});

describe('a file that grows from nothing', () => {
  it('has blank lines before its stages and between them, and steps with their names first', () => {
    const result = applyOperations('', [
      { type: 'set-field', path: ['name'], value: 'Web shop' },
      { type: 'add-stage', ...here, id: 'install', value: { run: 'npm ci' } },
      {
        type: 'add-stage',
        ...here,
        id: 'check',
        value: { needs: ['install'], steps: [{ run: 'npm test' }] },
      },
      { type: 'set-field', path: ['stages', 'check', 'steps', 0, 'name'], value: 'Tests' },
      { type: 'set-field', path: ['timeout'], value: '10m' },
    ]);
    expect(result.ok && result.text).toBe(`name: Web shop
timeout: 10m

stages:
  install:
    run: npm ci

  check:
    needs: [install]
    steps:
      - name: Tests
        run: npm test
`);
  });

  it('keeps stages close where they were', () => {
    const close = 'stages:\n  a:\n    run: a\n  b:\n    run: b\n';
    const result = applyOperations(close, [{ type: 'add-stage', ...here, id: 'c', value: { run: 'c' } }]);
    expect(result.ok && result.text).toBe(`${close}  c:\n    run: c\n`);
  });
});
