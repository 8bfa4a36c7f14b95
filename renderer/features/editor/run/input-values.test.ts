import { describe, expect, it } from 'vitest';
import type { PipelineInput } from '#shared/api/schemas.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { checkValues, initialValues, issuesByField, valuesToSend } from './input-values.ts';

const input = (name: string, rest: Partial<PipelineInput> = {}): PipelineInput => ({
  name,
  type: 'string',
  description: null,
  default: null,
  options: [],
  required: false,
  ...rest,
});

const target = input('target', { type: 'choice', options: ['staging', 'production'], default: 'staging' });

describe('initialValues', () => {
  it('takes what was given last time, else the default, else nothing', () => {
    const inputs = [input('version', { default: '1.0' }), input('note'), input('dry', { type: 'boolean' })];
    expect(initialValues(inputs, {})).toEqual({ version: '1.0', note: '', dry: 'false' });
    expect(initialValues(inputs, { version: '2.0' })).toEqual({ version: '2.0', note: '', dry: 'false' });
  });

  it('drops what was given last time once the file no longer allows it', () => {
    expect(initialValues([target], { target: 'moon' })).toEqual({ target: 'staging' });
  });
});

describe('checkValues', () => {
  it('names each field that is empty but required, no number, or no option', () => {
    const inputs = [input('a', { required: true }), input('b', { type: 'number' }), target, input('d')];
    expect(Object.keys(checkValues(inputs, { a: ' ', b: 'many', target: 'moon', d: '' }))).toEqual([
      'a',
      'b',
      'target',
    ]);
    expect(checkValues(inputs, { a: 'x', b: '2', target: 'production', d: '' })).toEqual({});
  });
});

describe('valuesToSend', () => {
  it('leaves out what is empty, but sends an emptied text that has a default', () => {
    const inputs = [input('a'), input('b', { default: 'x' }), input('n', { type: 'number' })];
    expect(valuesToSend(inputs, { a: '', b: '', n: '' })).toEqual({ b: '' });
  });
});

describe('issuesByField', () => {
  it('puts an issue at the field that it names and keeps the others apart', () => {
    const issue = (message: string): Issue => ({
      code: 'x',
      severity: 'error',
      path: 'pipewright.yml',
      line: 1,
      column: 1,
      message,
      hint: null,
    });
    const about = issue('Input `target` must be one of staging, production, but is `moon`');
    const other = issue('`a` needs itself');
    const split = issuesByField([target], [about, other]);
    expect(Object.keys(split.errors)).toEqual(['target']);
    expect(split.others).toEqual([other]);
  });
});
