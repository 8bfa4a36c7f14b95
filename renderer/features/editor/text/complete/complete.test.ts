import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { readYaml } from '#shared/pipeline/read-yaml.ts';
import { yamlContextAt } from '../yaml-context.ts';
import { explainExpression } from './explain-expression.ts';
import { explainPlace } from './explain-place.ts';
import { optionsAt } from './options.ts';

const UNIT: CatalogKind = {
  id: 'test.unit',
  family: 'test',
  title: 'Unit tests',
  summary: 'Runs the tests of a project.',
  help: '',
  settings: {
    type: 'object',
    properties: {
      command: { type: 'string', description: 'What runs the tests.', examples: ['npm test'] },
      report: { type: 'string', enum: ['junit', 'tap'], default: 'junit', description: 'The form.' },
    },
    required: ['command'],
  },
  tools: [],
  outputs: [{ name: 'failed', description: 'How many tests failed.' }],
  example: { command: 'npm test' },
};

const HEAD = `templates:
  base: { timeout: 5m }
secrets: [TOKEN]
stages:
  install: { name: Install it, run: npm ci }
  lint: { run: npm run lint }
`;

/** @param marked what follows the head, with a `¦` where the cursor is */
function at(marked: string) {
  const offset = HEAD.length + marked.indexOf('¦');
  const text = HEAD + marked.replace('¦', '');
  const context = yamlContextAt(Text.of(text.split('\n')), offset);
  const around = { kinds: [UNIT], root: readYaml(HEAD).document?.toJS() as unknown };
  return {
    labels: optionsAt(context, around).map(({ label }) => label),
    options: optionsAt(context, around),
    explained: explainPlace(context, text.slice(context.from, context.to), around),
  };
}

describe('optionsAt', () => {
  it('offers the keys of a stage that are not there yet', () => {
    const { labels } = at('  unit:\n    run: npm test\n    ¦\n    timeout: 5m\n');
    expect(labels).toContain('needs');
    expect(labels).not.toContain('run');
    expect(labels).not.toContain('timeout');
  });

  it('says what a key holds', () => {
    const { options } = at('  unit:\n    ¦\n');
    expect(options.find(({ label }) => label === 'approval')).toMatchObject({ holds: 'mapping' });
    expect(options.find(({ label }) => label === 'steps')).toMatchObject({ holds: 'list', detail: 'list' });
    expect(options.find(({ label }) => label === 'timeout')?.detail).toBe('duration or number or expression');
  });

  it('offers the keys of the file at its top', () => {
    expect(at('\n¦').labels).toContain('hooks');
  });

  it('offers the other stages where a stage is needed', () => {
    expect(at('  unit:\n    needs: [install, ¦]\n').labels).toEqual(['install', 'lint']);
    expect(at('  lint:\n    needs: ¦\n').labels).toEqual(['install']);
  });

  it('offers kinds, templates and secrets by name', () => {
    expect(at('  unit:\n    uses: te¦\n').labels).toEqual(['test.unit']);
    expect(at('  unit:\n    extends: ¦\n').labels).toEqual(['base']);
    expect(at('  unit:\n    secrets: [¦]\n').labels).toContain('TOKEN');
  });

  it('offers the settings of the kind that the stage uses', () => {
    expect(at('  unit:\n    uses: test.unit\n    with:\n      ¦\n').labels).toEqual(['command', 'report']);
    expect(at('  unit:\n    uses: test.unit\n    with:\n      report: ¦\n').labels).toEqual(['junit', 'tap']);
    expect(at('  unit:\n    uses: other.kind\n    with:\n      ¦\n').labels).toEqual([]);
  });

  it('offers the words that a value may be', () => {
    expect(at('  gate:\n    approval:\n      on-timeout: ¦\n').labels).toEqual(['reject', 'approve']);
    expect(at('  unit:\n    continue-on-error: ¦\n').labels).toEqual(['true', 'false']);
  });

  it('offers nothing in scripts and comments', () => {
    expect(at('  unit:\n    run: |\n      ¦\n').labels).toEqual([]);
    expect(at('  unit: # ¦\n').labels).toEqual([]);
  });
});

describe('explainPlace', () => {
  it('explains a key of the format', () => {
    expect(at('  unit:\n    need¦s: []\n').explained).toMatchObject({ title: 'needs', type: 'text or list' });
  });

  it('explains a setting of a kind, with its default', () => {
    const { explained } = at('  unit:\n    uses: test.unit\n    with:\n      re¦port: tap\n');
    expect(explained).toMatchObject({ help: 'The form.', facts: [['Default', '`junit`']] });
  });

  it('explains a kind with its outputs and an example', () => {
    expect(at('  unit:\n    uses: test.¦unit\n').explained).toEqual({
      title: 'test.unit',
      type: 'Unit tests',
      help: 'Runs the tests of a project.',
      facts: [['outputs.failed', 'How many tests failed.']],
      example: 'with:\n  command: npm test',
    });
  });

  it('explains a stage that is needed', () => {
    expect(at('  unit:\n    needs: [inst¦all]\n').explained).toMatchObject({
      help: 'Install it',
      facts: [['Runs', '`npm ci`']],
    });
  });

  it('says nothing of names that people give', () => {
    expect(at('  un¦it:\n    run: x\n').explained).toBeNull();
  });
});

describe('names that the file gives', () => {
  it('offers no stage that would make a circle', () => {
    const text = '  install:\n    needs: [¦]\n  later: { needs: [install] }\n';
    expect(labelsIn(`stages:\n${text}  last: { needs: [later] }\n  free: { run: x }\n`)).toEqual(['free']);
  });

  it('offers the inputs of the pipeline that a stage calls', () => {
    const file = 'pipelines:\n  ship:\n    inputs: { target: { required: true } }\n    stages: {}\nstages:\n';
    expect(labelsIn(`${file}  go:\n    pipeline: ship\n    with:\n      ¦\n`)).toEqual(['target']);
    expect(labelsIn(`${file}  go:\n    pipeline: ¦\n`)).toEqual(['ship']);
  });

  it('offers the axes of a matrix in its combinations', () => {
    const file = 'stages:\n  unit:\n    matrix:\n      node: [22, 24]\n      exclude:\n        - ';
    expect(labelsIn(`${file}¦\n`)).toEqual(['node']);
  });

  it('offers spans of time and shells', () => {
    expect(labelsIn('stages:\n  a:\n    timeout: ¦\n')).toContain('10m');
    expect(labelsIn('stages:\n  a:\n    shell: ¦\n')).toContain('bash');
  });
});

describe('explainExpression', () => {
  const root = readYaml(
    'inputs: { target: { default: staging, description: Where to } }\nvars: { region: eu }\nstages:\n' +
      '  tests: { uses: test.unit }\n  a: { needs: [tests], run: x }\n',
  ).document?.toJS() as unknown;
  const explain = (marked: string, key = 'run') => {
    const offset = marked.indexOf('¦');
    const context = { path: ['stages', 'a', key] };
    return explainExpression(marked.replace('¦', ''), offset, context, { root, kinds: [UNIT] })?.explanation;
  };

  it('says what a name holds, and its value where the file alone says it', () => {
    expect(explain('echo ${{ inputs.tar¦get }}')).toMatchObject({
      title: 'inputs.target',
      help: 'Where to, default staging',
      facts: [['Value', '`staging`']],
    });
    expect(explain('echo ${{ git.bra¦nch }}')?.facts).toEqual([
      ['Value', 'known in the run: it waits for `git.branch`'],
    ]);
  });

  it('says what the expression around it gives', () => {
    expect(explain("echo ${{ format('{0}!', vars.re¦gion) }}")?.facts).toContainEqual(['All of it', '`eu!`']);
    expect(explain("inputs.target¦ == 'production'", 'if')?.facts).toContainEqual([
      'The stage',
      'is skipped',
    ]);
  });

  it('knows what the kind of a needed stage hands on', () => {
    expect(explain('${{ needs.tests.outputs.fai¦led }}')?.help).toBe('How many tests failed.');
  });

  it('says nothing of texts, of names that do not exist, and outside of expressions', () => {
    expect(explain("${{ 'inputs.tar¦get' }}")).toBeUndefined();
    expect(explain('${{ inputs.oth¦er }}')).toBeUndefined();
    expect(explain('inputs.tar¦get')).toBeUndefined();
  });
});

/** Labels offered at the `¦` of a whole file. */
function labelsIn(marked: string): readonly string[] {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const root = readYaml(text).document?.toJS() as unknown;
  const context = yamlContextAt(Text.of(text.split('\n')), offset);
  return optionsAt(context, { kinds: [UNIT], root }).map(({ label }) => label);
}
