import { findExpressions } from '../expressions/find-expressions.ts';
import { CONTEXTS, LATER_CONTEXTS } from '../expressions/names.ts';
import type { CheckContext } from './check-context.ts';
import { checkOneExpression } from './check-one-expression.ts';
import type { Scope } from './check-one-expression.ts';
import { listOf, mappingOf } from './raw-stages.ts';
import { pipelineFileSchema } from './schema.ts';
import type { ValuePath } from './source-map.ts';
import { automaticStepId } from './step-ids.ts';

const OUTSIDE_CONTEXTS = ['inputs', 'env', 'run', 'git', 'secrets', 'vars'];
const ALL_CONTEXTS = [...CONTEXTS, ...LATER_CONTEXTS];

/** Sections whose names are only known once the file that calls them is. */
const FREE_SECTIONS: ReadonlySet<string> = new Set([
  'pipelines',
  'templates',
  'outputs',
  'hooks',
  'notifications',
]);

/** Keys whose texts this version takes as they are written, expressions included. */
const LITERAL_KEYS: ReadonlySet<unknown> = new Set(['name', 'shell', 'artifacts', 'reports']);

/** The key of the file, stage or step that a value stands below. */
function workKeyOf(path: ValuePath): string | number | undefined {
  if (path[0] === 'defaults') return path[1];
  if (path[0] !== 'stages') return path[0];
  return path[2] === 'steps' ? path[4] : path[2];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Checks every `${{ }}` of a file: its grammar, its names, and that what it refers to exists. */
export function checkExpressions(root: unknown, context: CheckContext): void {
  const file = mappingOf(root);
  const inputs = Object.keys(mappingOf(file['inputs']));
  const nowhere = { needs: null, steps: null, stage: null };
  const outside: Scope = { contexts: OUTSIDE_CONTEXTS, inputs, ...nowhere };
  const free: Scope = { contexts: ALL_CONTEXTS, inputs: null, ...nowhere };
  for (const [section, value] of Object.entries(file)) {
    // What an unknown key holds may be of another system, whose expressions are not ours to check.
    if (section === 'stages' || !Object.hasOwn(pipelineFileSchema.shape, section)) continue;
    checkTexts(value, [section], FREE_SECTIONS.has(section) ? free : outside, context);
  }
  const stages = mappingOf(file['stages']);
  for (const [id, value] of Object.entries(stages)) {
    checkTexts(value, ['stages', id], scopeOf({ id, all: stages }, inputs), context);
  }
}

function scopeOf(place: NonNullable<Scope['stage']>, inputs: readonly string[]): Scope {
  const stage = mappingOf(place.all[place.id]);
  // What a stage takes over from a template is not known here.
  if (Object.hasOwn(stage, 'extends'))
    return { contexts: ALL_CONTEXTS, inputs, needs: null, steps: null, stage: place };
  const steps = listOf(stage['steps']).map((step, index) => mappingOf(step)['id'] ?? automaticStepId(index));
  const needs = listOf(stage['needs']).filter(isText);
  return { contexts: ALL_CONTEXTS, inputs, needs, steps: steps.filter(isText), stage: place };
}

function checkTexts(value: unknown, path: ValuePath, scope: Scope, context: CheckContext): void {
  if (typeof value === 'string') {
    checkText(value, path, scope, context);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value))
    value.forEach((item, index) => checkTexts(item, [...path, index], scope, context));
  else for (const [key, item] of Object.entries(value)) checkTexts(item, [...path, key], scope, context);
}

function checkText(text: string, path: ValuePath, scope: Scope, context: CheckContext): void {
  const isCondition = path.at(-1) === 'if' && path[0] === 'stages' && path[2] !== 'with';
  if (!text.includes('${{')) {
    if (isCondition && text.trim() !== '') checkOneExpression(text, { path, index: null }, scope, context);
    return;
  }
  findExpressions(text).forEach((found, index) => {
    if (found.closed) {
      checkOneExpression(found.expression, { path, index }, scope, context);
      const key = workKeyOf(path);
      if (!LITERAL_KEYS.has(key)) return;
      const message = `Expressions in \`${key}\` work from a later version`;
      const hint = 'this version takes the text as it is written';
      context.issues.add('unsupported-expression', context.source.value(path), message, hint, 'unsupported');
    } else {
      const place = context.source.value(path);
      const message = 'An expression that starts with `${{` is not closed';
      context.issues.add('expression-syntax', place, message, 'end it with `}}`');
    }
  });
}
