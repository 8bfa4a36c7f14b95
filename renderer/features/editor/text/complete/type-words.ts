import type { JsonSchema } from '../../form/schema/json-schema.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'mapping',
  null: 'nothing',
};
const MOST_CHOICES = 4;

/** What a value may be, in a few words: `text or list`; empty when it may be anything. */
export function typeWords(alternatives: readonly JsonSchema[]): string {
  const words = new Set(alternatives.map(wordsOfOne).filter((word) => word !== ''));
  return [...words].join(' or ');
}

function wordsOfOne({ type, enum: choices, pattern }: JsonSchema): string {
  if (choices !== undefined) {
    const shown = choices.slice(0, MOST_CHOICES).map(String).join(' or ');
    return choices.length > MOST_CHOICES ? `${shown} …` : shown;
  }
  if (type === 'string' && pattern?.includes('ms|s|m|h') === true) return 'duration';
  if (type === 'string' && pattern?.includes('\\$\\{\\{') === true) return 'expression';
  return typeof type === 'string' ? (TYPE_WORDS[type] ?? '') : '';
}
