import { usesStatusFunction } from '../expressions/evaluate-condition.ts';
import { literal, rewriteExpression, rewriteTemplate } from '../expressions/rewrite.ts';
import type { Replace } from '../expressions/rewrite.ts';
import type { Pipeline, PipelineStage, StageBody } from './pipeline.ts';

/** A called pipeline as its caller's own: stages with longer ids, inputs and names of stages put into its expressions. */
export interface InlinedCall {
  readonly pipeline: Pipeline;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface CallRequest {
  readonly caller: PipelineStage;
  /** The pipeline that the caller stands in. */
  readonly around: Pipeline;
  readonly called: Pipeline;
  /** Of the called pipeline's inputs, as expressions of the caller. */
  readonly values: ReadonlyMap<string, string>;
}

export function inlineCall(request: CallRequest): InlinedCall {
  const { caller, called } = request;
  const replace = replacementOf(request);
  const texts = (values: Readonly<Record<string, string>>) => mapTexts(values, replace);
  return {
    outputs: texts(called.outputs),
    pipeline: {
      ...called,
      env: {},
      defaults: {
        ...mapTexts(called.defaults, replace),
        env: { ...caller.env, ...texts(called.env), ...texts(called.defaults.env) },
      },
      stages: called.stages.map((stage) => inlineStage(stage, request, replace)),
    },
  };
}

const innerId = (caller: string, id: string): string => `${caller}/${id}`;
const inParentheses = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(' && ');

function replacementOf({ caller, around, called, values }: CallRequest): Replace {
  const inputs = new Map([...values].map(([id, value]) => [id.toLowerCase(), value] as const));
  const stages = new Map(called.stages.map(({ id }) => [id.toLowerCase(), id] as const));
  const vars = new Map(Object.entries(called.vars).map(([id, value]) => [id.toLowerCase(), value] as const));
  return (context, name) => {
    const key = name?.toLowerCase() ?? null;
    if (context === 'inputs') return key === null ? whole(values) : (inputs.get(key) ?? "''");
    if (context === 'vars' && called.path !== around.path) {
      if (key === null) return `fromJSON(${literal(JSON.stringify(called.vars))})`;
      return literal(vars.get(key) ?? '');
    }
    const stage = context === 'needs' && key !== null ? stages.get(key) : undefined;
    return stage === undefined ? null : `needs[${literal(innerId(caller.id, stage))}]`;
  };
}

/** All inputs as one value, for `toJSON(inputs)` and the like. */
function whole(values: ReadonlyMap<string, string>): string {
  const entries = [...values.keys()].map((id, index) => `${JSON.stringify(id)}:{${index}}`);
  const parts = [...values.values()].map((value) => `toJSON(${value})`);
  return `fromJSON(format(${[literal(`{{${entries.join(',')}}}`), ...parts].join(', ')}))`;
}

function mapTexts<Value>(value: Value, replace: Replace): Value;
function mapTexts(value: unknown, replace: Replace): unknown {
  if (typeof value === 'string') return rewriteTemplate(value, replace);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]));
}

function inlineStage(stage: PipelineStage, request: CallRequest, replace: Replace): PipelineStage {
  const { caller, called } = request;
  const isFirst = stage.needs.length === 0;
  const condition = stage.condition === null ? null : rewriteExpression(stage.condition, replace);
  const decided = conditionOf(condition, isFirst, request);
  const handed = [...request.values.values(), ...Object.values(caller.env)];
  const needsCaller = isFirst || decided.readsNeeds || handed.some((text) => /\bneeds\b/i.test(text));
  const needs = stage.needs.map((need) => innerId(caller.id, need));
  return {
    ...mapTexts(stage, replace),
    id: innerId(caller.id, stage.id),
    name: `${caller.name} / ${mapTexts(stage.name, replace)}`,
    body: inlineBody(stage.body, replace),
    condition: decided.condition,
    needs: needsCaller ? [...caller.needs, ...needs] : needs,
    // A line of another file would lead nowhere.
    line: called.path === request.around.path ? stage.line : caller.line,
  };
}

function inlineBody(body: StageBody, replace: Replace): StageBody {
  const texts = mapTexts(body, replace);
  if (texts.type !== 'steps') return texts;
  const steps = texts.steps.map((step) => ({
    ...step,
    condition: step.condition === null ? null : rewriteExpression(step.condition, replace),
  }));
  return { ...texts, steps };
}

/**
 * The caller's condition holds for every stage: the first ones ask it, and those after them are skipped with them unless
 * their own condition looks at how things ended, in which case they ask as well.
 */
function conditionOf(
  condition: string | null,
  isFirst: boolean,
  { caller, around }: CallRequest,
): { readonly condition: string | null; readonly readsNeeds: boolean } {
  const ofCaller = caller.condition === null ? [] : [caller.condition];
  const own = condition === null ? [] : [condition];
  const asksItself = condition !== null && usesStatusFunction(condition) !== 'none';
  if (!asksItself) {
    const parts = isFirst ? [...ofCaller, ...own] : own;
    return { condition: parts.length === 0 ? null : inParentheses(parts), readsNeeds: isFirst };
  }
  if (caller.condition !== null && usesStatusFunction(caller.condition) !== 'none') {
    return { condition: inParentheses(isFirst ? [...ofCaller, ...own] : own), readsNeeds: isFirst };
  }
  const guards = caller.needs.map((need) => {
    const result = `needs[${literal(need)}].result`;
    const stage = around.stages.find(({ id }) => id === need);
    const mayFail = stage?.continueOnError ?? around.defaults.continueOnError;
    return mayFail ? `${result} != 'skipped' && ${result} != 'cancelled'` : `${result} == 'succeeded'`;
  });
  return { condition: inParentheses([...guards, ...ofCaller, ...own]), readsNeeds: true };
}
