import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { readYaml } from '#shared/pipeline/read-yaml.ts';
import { yamlContextAt } from '../yaml-context.ts';
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
    expect(options.find(({ label }) => label === 'timeout')?.detail).toBe('duration or number');
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
