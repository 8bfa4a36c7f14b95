import { findExpressions, wholeExpression } from '../expressions/find-expressions.ts';
import type { CheckContext } from './check-context.ts';
import { checkOneExpression } from './check-one-expression.ts';
import { EARLY_CONTEXTS, isEarly } from './early-expressions.ts';
import { EARLY_KEYS } from './evaluate-early.ts';
import {
  conditionScope,
  freeScope,
  hookScope,
  outputsScope,
  outsideScope,
  runScope,
  scopeOfContainerKey,
  scopeOfKey,
  scopeOfStepKey,
  stageScope,
} from './expression-scope.ts';
import type { FileNames, Scope } from './expression-scope.ts';
import { isGateCondition } from './gate-path.ts';
import { itemPath, listOf, mappingOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import { pipelineFileSchema } from './schema.ts';
import type { ValuePath } from './source-map.ts';

/** Checks every `${{ }}` of a file: its grammar, its names, and that what it refers to exists. */
export function checkExpressions(root: unknown, context: CheckContext): void {
  const file = mappingOf(root);
  const names: FileNames = {
    inputs: Object.keys(mappingOf(file['inputs'])),
    vars: Object.keys(mappingOf(file['vars'])),
    state: Object.keys(mappingOf(file['state'])),
  };
  checkPart(file, [], names, context);
  for (const [id, value] of Object.entries(mappingOf(file['pipelines']))) {
    const part = mappingOf(value);
    checkPart(part, ['pipelines', id], { ...names, inputs: Object.keys(mappingOf(part['inputs'])) }, context);
  }
}

/** A file, or one of the pipelines in it. */
function checkPart(part: RawMapping, path: ValuePath, names: FileNames, context: CheckContext): void {
  const stages = mappingOf(part['stages']);
  for (const [section, value] of Object.entries(part)) {
    // What an unknown key holds may be of another system, whose expressions are not ours to check.
    if (section === 'stages' || section === 'pipelines') continue;
    if (!Object.hasOwn(pipelineFileSchema.shape, section)) continue;
    if (section === 'hooks') {
      checkHooks(mappingOf(value), [...path, section], names, stages, context);
      continue;
    }
    checkTexts(value, [...path, section], sectionScope(section, names, stages), context);
  }
  for (const id of Object.keys(stages)) {
    checkStage(stages, id, [...path, 'stages', id], names, context);
  }
}

function sectionScope(section: string, names: FileNames, stages: RawMapping): Scope {
  switch (section) {
    case 'templates':
    case 'notifications':
      return freeScope;
    case 'outputs':
      return outputsScope(names, stages);
    case 'concurrency':
      return runScope(names);
    default:
      return outsideScope(names);
  }
}

function checkHooks(
  hooks: RawMapping,
  path: ValuePath,
  names: FileNames,
  stages: RawMapping,
  context: CheckContext,
): void {
  for (const [name, hook] of Object.entries(hooks)) {
    const scope = hookScope(names, stages, hook);
    listOf(hook).forEach((step, index) => {
      const place = itemPath([...path, name], hook, index);
      for (const [key, value] of Object.entries(mappingOf(step))) {
        checkTexts(
          value,
          [...place, key],
          scopeOfStepKey(scope, key),
          context,
          EARLY_KEYS.has(key) ? key : null,
        );
      }
    });
  }
}

function checkStage(
  all: RawMapping,
  id: string,
  path: ValuePath,
  names: FileNames,
  context: CheckContext,
): void {
  const scope = stageScope({ id, all }, names);
  const stage = mappingOf(all[id]);
  for (const [key, value] of Object.entries(stage)) {
    checkTexts(value, [...path, key], scopeOfKey(scope, key), context, EARLY_KEYS.has(key) ? key : null);
  }
}

/** @param early the key below which this version only knows values that are known before the run */
function checkTexts(
  value: unknown,
  path: ValuePath,
  scope: Scope,
  context: CheckContext,
  early: string | null = null,
): void {
  if (typeof value === 'string') {
    checkText(value, path, scope, context, early);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value))
    value.forEach((item, index) => checkTexts(item, [...path, index], scope, context, early));
  else
    for (const [key, item] of Object.entries(value)) {
      const isStep = path.at(-2) === 'steps' && typeof path.at(-1) === 'number';
      const inContainer = isContainer(path);
      checkTexts(
        item,
        [...path, key],
        isStep ? scopeOfStepKey(scope, key) : inContainer ? scopeOfContainerKey(scope, key) : scope,
        context,
        isStep && EARLY_KEYS.has(key) ? key : early,
      );
    }
}

/** Whether a path is that of the container, or of a service, of a stage. */
const isContainer = (path: ValuePath): boolean =>
  (path.at(-1) === 'container' && path.at(-3) === 'stages') ||
  (path.at(-2) === 'services' && path.at(-4) === 'stages');

/** Whether a path is that of the `if` of a stage or step, and not of a setting of the same name. */
const isCondition = (path: ValuePath): boolean =>
  path.at(-1) === 'if' &&
  (['stages', 'templates', 'hooks'].includes(String(path.at(-3))) || typeof path.at(-2) === 'number') &&
  !path.includes('with');

function checkText(
  text: string,
  path: ValuePath,
  scope: Scope,
  context: CheckContext,
  early: string | null,
): void {
  if (isCondition(path)) {
    checkCondition(text, path, conditionScope(scope), context);
    return;
  }
  if (isGateCondition(path)) {
    checkCondition(text, path, scope, context);
    return;
  }
  if (!text.includes('${{')) return;
  findExpressions(text).forEach((found, index) => {
    if (!found.closed) {
      const message = 'An expression that starts with `${{` is not closed';
      context.issues.add('expression-syntax', context.source.value(path), message, 'end it with `}}`');
      return;
    }
    checkOneExpression(found.expression, { path, index }, scope, context);
    if (early === null || isEarly(`\${{${found.expression}}}`)) return;
    const message = `Expressions in \`${early}\` only know ${EARLY_CONTEXTS.join(', ')}`;
    const hint = 'a name stands before the run; this one is shown as it is written';
    context.issues.add('late-expression', context.source.value(path), message, hint, 'warning');
  });
}

function checkCondition(text: string, path: ValuePath, scope: Scope, context: CheckContext): void {
  if (text.trim() === '') return;
  if (!text.includes('${{')) checkOneExpression(text, { path, index: null }, scope, context);
  else {
    const expression = wholeExpression(text);
    if (expression !== null) {
      checkOneExpression(findExpressions(text)[0]!.expression, { path, index: 0 }, scope, context);
      return;
    }
    const message = 'A condition is one expression, but this is a text with an expression in it';
    const hint = 'put all of it between `${{` and `}}`, or leave both out';
    context.issues.add('mixed-condition', context.source.value(path), message, hint);
  }
}
