import fc from 'fast-check';
import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';

/** One stage as its author wrote it; numbers in `needs` count the stages before it. */
interface WrittenStage {
  readonly needs: readonly number[];
  readonly form: 'name' | 'flow' | 'block';
  readonly body: 'plain' | 'literal' | 'folded' | 'steps' | 'quoted';
  readonly reads: boolean;
  readonly comment: boolean;
  readonly trailing: boolean;
  readonly timeout: boolean;
}

const stage: fc.Arbitrary<WrittenStage> = fc.record({
  needs: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 }),
  form: fc.constantFrom('name', 'flow', 'block'),
  body: fc.constantFrom('plain', 'literal', 'folded', 'steps', 'quoted'),
  reads: fc.boolean(),
  comment: fc.boolean(),
  trailing: fc.boolean(),
  timeout: fc.boolean(),
});

/** A valid pipeline as people write them: comments, several ways to write a list or a script, blank lines or none. */
export const generatedPipeline: fc.Arbitrary<string> = fc
  .record({
    stages: fc.array(stage, { minLength: 1, maxLength: 8 }),
    step: fc.constantFrom(2, 2, 4),
    gap: fc.boolean(),
    crlf: fc.boolean(),
    env: fc.boolean(),
  })
  .map(({ stages, step, gap, crlf, env }) => {
    const pad = ' '.repeat(step);
    const blocks = stages.map((each, index) => stageText(each, index, pad));
    const head = `# A generated pipeline.\nname: generated # its name\n${env ? `env:\n${pad}LEVEL: "1"\n` : ''}\nstages:\n`;
    const text = head + blocks.join(gap ? '\n' : '');
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

function stageText(each: WrittenStage, index: number, pad: string): string {
  const needs = index === 0 ? [] : [...new Set(each.needs.map((need) => `s${need % index}`))];
  const lines: string[] = [];
  if (each.comment) lines.push(`# About stage ${index}.`);
  lines.push(`s${index}:${each.trailing ? ` # behind s${index}` : ''}`);
  const own: string[] = [];
  if (needs.length === 1 && each.form === 'name') own.push(`needs: ${needs[0]!}`);
  else if (needs.length > 0 && each.form === 'block')
    own.push('needs:', ...needs.map((need) => `${pad}- ${need}`));
  else if (needs.length > 0) own.push(`needs: [${needs.join(', ')}]`);
  const read = each.reads && needs[0] !== undefined ? `\${{ needs.${needs[0]}.result }}` : 'nothing';
  own.push(...bodyLines(each.body, read, pad));
  if (each.timeout) own.push(`timeout: ${index + 1}m # not long`);
  return [...lines.map((line) => pad + line), ...own.map((line) => pad + pad + line)].join('\n') + '\n';
}

function bodyLines(body: WrittenStage['body'], read: string, pad: string): readonly string[] {
  switch (body) {
    case 'plain':
      return [`run: echo ${read}`];
    case 'quoted':
      return [`run: 'echo it''s ${read}'`];
    case 'literal':
      return ['run: |', `${pad}echo one # no comment`, `${pad}echo ${read}`];
    case 'folded':
      return ['run: >-', `${pad}echo s0`, `${pad}${read}`];
    case 'steps':
      return ['steps:', `${pad}- run: echo ${read}`, `${pad}  name: say it`, `${pad}- run: echo s1`];
  }
}

const id = fc.nat({ max: 8 }).map((number) => `s${number}`);
const fresh = fc.constantFrom('new', 'build-it', 'S_1', 'on');
const field = fc.constantFrom<readonly [string, YamlValue | undefined]>(
  ['timeout', '10m'],
  ['timeout', undefined],
  ['if', "${{ success() && env.X == 'a: b' }}"],
  ['name', '# not a comment'],
  ['env', { A: 1, B: 'yes' }],
  ['continue-on-error', true],
);

/** Operations on pipelines as above; some of them cannot be done. */
export const generatedOperation: fc.Arbitrary<Operation> = fc.oneof<fc.Arbitrary<Operation>[]>(
  fc.record(
    {
      type: fc.constant('add-stage'),
      scope: fc.constant(null),
      id: fresh,
      value: fc.constant({ run: 'echo new' }),
      after: id,
    },
    { requiredKeys: ['type', 'scope', 'id', 'value'] },
  ),
  fc.record({ type: fc.constant('connect'), scope: fc.constant(null), source: id, target: id }),
  fc.record({ type: fc.constant('disconnect'), scope: fc.constant(null), source: id, target: id }),
  fc.record({
    type: fc.constant('insert-between'),
    scope: fc.constant(null),
    id: fresh,
    value: fc.constant({ run: 'x' }),
    source: id,
    target: id,
  }),
  fc.record({
    type: fc.constant('delete-stages'),
    scope: fc.constant(null),
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
    heal: fc.boolean(),
  }),
  fc.record({ type: fc.constant('rename-stage'), scope: fc.constant(null), id, to: fresh }),
  fc.record({
    type: fc.constant('duplicate-stages'),
    scope: fc.constant(null),
    ids: fc.tuple(id, id).map(([a, b]) => ({ [a]: `${a}-copy`, [b]: `${b}-copy` })),
  }),
  fc.record({
    type: fc.constant('paste-stages'),
    scope: fc.constant(null),
    text: fc.constant(
      '# Pasted.\ns1:\n  needs: s2\n  run: |\n    a\n    b # c\ns2:\n  run: echo ${{ needs.x.result }}\n',
    ),
  }),
  fc.record({
    type: fc.constant('move-stage'),
    scope: fc.constant(null),
    id,
    before: fc.option(id, { nil: null }),
  }),
  fc.record({
    type: fc.constant('move-stages'),
    scope: fc.constant(null),
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
    before: fc.option(id, { nil: null }),
  }),
  fc.tuple(id, field).map(([stageId, [key, value]]): Operation => ({
    type: 'set-field',
    path: ['stages', stageId, key],
    value,
  })),
  fc.record({
    type: fc.constant('set-field'),
    path: fc.constant(['env', 'LEVEL']),
    value: fc.constantFrom('2', undefined),
  }),
  fc.record({
    type: fc.constant('extract-template'),
    scope: fc.constant(null),
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
    template: fc.constant('common'),
  }),
  fc.record({
    type: fc.constant('extract-pipeline'),
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
    pipeline: fc.constant('part'),
    stage: fc.constant('call'),
  }),
);
