import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScalar, readText, textOf } from './field-text.ts';
import type { FieldShape } from './schema/field-shape.ts';

const line: FieldShape = { type: 'text', control: 'line', pattern: null };
const count: FieldShape = { type: 'number', isInteger: true, least: 1, isAbove: false, most: null };

const read = (shape: FieldShape, text: string): unknown => {
  const result = readText(shape, text);
  return result.ok ? result.value : result.message;
};

describe('readText', () => {
  it('takes the key away when a field is emptied', () => {
    for (const shape of [line, count, { type: 'duration' } as const])
      expect(read(shape, '  ')).toBeUndefined();
  });

  it('reads numbers within their bounds and says what is wrong with others', () => {
    expect(read(count, '3')).toBe(3);
    expect(read(count, '0')).toBe('Write at least 1.');
    expect(read(count, '1.5')).toBe('Write a whole number.');
    expect(read(count, 'many')).toBe('Write a number.');
    expect(read({ ...count, isInteger: false, least: 0, isAbove: true }, '0')).toBe(
      'Write a number above 0.',
    );
  });

  it('keeps lengths of time and sizes as they are written', () => {
    expect(read({ type: 'duration' }, '1h30m')).toBe('1h30m');
    expect(read({ type: 'duration' }, '90')).toBe(90);
    expect(read({ type: 'duration' }, 'soon')).toMatch(/such as 30s/);
    expect(read({ type: 'size' }, '1.5Gi')).toBe('1.5Gi');
    expect(read({ type: 'size' }, 'big')).toMatch(/such as 512Mi/);
  });

  it('takes expressions in every field', () => {
    expect(read(count, '${{ inputs.n }}')).toBe('${{ inputs.n }}');
    expect(read({ type: 'duration' }, '${{ vars.limit }}')).toBe('${{ vars.limit }}');
  });

  it('ends scripts of several lines with a line end and leaves those of one line alone', () => {
    const script: FieldShape = { type: 'text', control: 'script', pattern: null };
    expect(read(script, 'npm ci\n')).toBe('npm ci');
    expect(read(script, 'npm ci\n  npm test\n\n')).toBe('npm ci\n  npm test\n');
  });

  it('reads the conditions true and false as booleans', () => {
    const condition: FieldShape = { type: 'text', control: 'condition', pattern: null };
    expect(read(condition, 'false')).toBe(false);
    expect(read(condition, 'always()')).toBe('always()');
  });
});

describe('readScalar', () => {
  const any = ['string', 'number', 'boolean'];

  it('keeps as text what a number would change', () => {
    expect(
      ['1.10', '007', '1e3', '+1', '22', '-4', '0.5', 'true', 'True'].map((text) => readScalar(text, any)),
    ).toEqual(['1.10', '007', '1e3', '+1', 22, -4, 0.5, true, 'True']);
  });

  it('reads back every value from the text that a field shows for it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (value) => {
          fc.pre(!Object.is(value, -0) && !textOf(value).includes('e'));
          expect(readScalar(textOf(value), any)).toBe(value);
        },
      ),
    );
  });
});
