import { describe, expect, it } from 'vitest';
import type { ShapeOf } from './field-shape.ts';
import { pipelineShapes } from './pipeline-shapes.ts';
import { readFields, readShape } from './read-shape.ts';

const stageField = (key: string) => {
  const field = pipelineShapes().stage.get(key);
  if (field === undefined) throw new Error(`There is no key ${key}.`);
  return field;
};

describe('readShape', () => {
  it('knows lengths of time and sizes from texts', () => {
    expect(stageField('timeout').shape).toEqual({ type: 'duration' });
    const { fields } = stageField('resources').shape as ShapeOf<'object'>;
    expect(fields.map(({ key, shape }) => [key, shape.type])).toEqual([
      ['cpus', 'number'],
      ['memory', 'size'],
      ['disk', 'size'],
      ['pids', 'number'],
    ]);
  });

  it('finds the key that may stand for a whole object', () => {
    const shortOf = (key: string) => (stageField(key).shape as ShapeOf<'object'>).short;
    expect(['retry', 'container', 'environment', 'concurrency'].map(shortOf)).toEqual([
      'max',
      'image',
      'name',
      'group',
    ]);
  });

  it('takes a list of objects also where one of them may stand alone', () => {
    expect(stageField('artifacts').shape).toMatchObject({ type: 'list', alone: true });
    expect(stageField('steps').shape).toMatchObject({ type: 'list', alone: false });
    expect(stageField('needs').shape).toMatchObject({ type: 'texts', alone: true });
  });

  it('offers what has nothing in common as a choice', () => {
    expect(stageField('runs-on').shape).toMatchObject({
      type: 'either',
      options: [{ shape: { type: 'choice' } }, { shape: { type: 'object' } }, { shape: { type: 'object' } }],
    });
  });

  it('does not take a text for an item of the list that an object beside it wants', () => {
    const runsOn = stageField('runs-on').shape as ShapeOf<'either'>;
    const [over] = runsOn.options.flatMap(({ shape }) =>
      shape.type === 'object' ? shape.fields.filter(({ key }) => key === 'ssh') : [],
    );
    expect(over?.shape).toMatchObject({
      type: 'either',
      options: [{ shape: { type: 'text' } }, { label: 'By labels', shape: { type: 'object', short: null } }],
    });
  });

  it('takes a value for what it is where an expression may stand in its place', () => {
    expect(stageField('continue-on-error').shape).toEqual({ type: 'boolean' });
    expect(stageField('matrix').shape).toMatchObject({ type: 'object' });
  });

  it('leaves what it does not know to the text', () => {
    expect(readShape({ not: {} } as never)).toEqual({ type: 'yaml' });
  });

  it('has a control for every key of the format but those that hold whole stages', () => {
    const { file, stage, step } = pipelineShapes();
    const unknown = [...file.values(), ...stage.values(), ...step.values()].filter(
      ({ shape }) => shape.type === 'yaml',
    );
    expect(unknown.map(({ key }) => key)).toEqual([]);
  });
});

describe('readFields', () => {
  it('reads titles, help, defaults, examples and controls of the settings of a kind', () => {
    const [field] = readFields({
      type: 'object',
      properties: {
        'max-warnings': {
          type: 'integer',
          minimum: 0,
          default: 10,
          description: 'How many.',
          examples: [0],
        },
      },
      required: ['max-warnings'],
    });
    expect(field).toEqual({
      key: 'max-warnings',
      title: 'Max warnings',
      help: 'How many.',
      shape: { type: 'number', isInteger: true, least: 0, isAbove: false, most: null },
      initial: 10,
      examples: [0],
      isRequired: false,
    });
  });

  it('asks for globs and scripts where the schema says so', () => {
    const text = { type: 'string' };
    const fields = readFields({
      properties: {
        files: { anyOf: [text, { type: 'array', items: text }], 'x-control': 'globs' },
        command: { type: 'string', 'x-control': 'script' },
      },
    });
    expect(fields.map(({ shape }) => shape)).toMatchObject([
      { type: 'texts', control: 'globs', alone: true },
      { type: 'text', control: 'script' },
    ]);
  });
});
