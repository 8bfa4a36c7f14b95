import {
  insertCompletionText,
  snippet,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { completeExpression } from '../../expression-completion.ts';
import { wordsOf } from '../words.ts';
import { yamlContextAt, type YamlContext } from '../yaml-context.ts';
import { optionsAt, type Surroundings, type TextOption } from './options.ts';
import { explainKind } from './explain-place.ts';
import { explanationElement } from './explanation-element.ts';
import { isGateCondition } from '#shared/pipeline/gate-path.ts';
import { namesAt } from './names-at.ts';
import { isStages, STAGE_SNIPPETS } from './stage-snippets.ts';

/** Suggests keys, values and what expressions may read. @param surroundings asked for at each suggestion */
export function completeText(surroundings: () => Surroundings): CompletionSource {
  return (completion) => {
    const { state, pos } = completion;
    const context = yamlContextAt(state.doc, pos);
    const around = surroundings();
    return expressionResult(completion, context, around) ?? wordResult(completion, context, around);
  };
}

function expressionResult(
  { state, pos, explicit }: CompletionContext,
  { at, path, from, to }: YamlContext,
  around: Surroundings,
): CompletionResult | null {
  if ((at !== 'value' && at !== 'text' && at !== 'item') || pos < from) return null;
  const text = state.sliceDoc(from, Math.max(pos, to));
  const isBare = (path.at(-1) === 'if' || isGateCondition(path)) && (explicit || pos > from);
  const found = completeExpression(text, pos - from, namesAt(path, around), isBare);
  if (found === null) return null;
  return {
    from: from + found.from,
    to: from + found.to,
    validFor: /^[\w-]*$/,
    options: found.options.map(({ label, type, detail, insert }) => ({
      label,
      type,
      detail,
      apply: insert,
    })),
  };
}

function wordResult(
  { state, pos, explicit }: CompletionContext,
  context: YamlContext,
  around: Surroundings,
): CompletionResult | null {
  const { at, from, to, path } = context;
  const isEmpty = from === pos;
  // A value is asked for once its key is written; keys only when somebody begins one or asks.
  const isWanted =
    explicit || !isEmpty || (at === 'value' && /[:[,-] $|\[$/.test(state.sliceDoc(pos - 2, pos)));
  if (!isWanted || pos < from) return null;
  const options: readonly Completion[] = [
    ...optionsAt(context, around).map((option, index) => ({
      ...completionOf(option, context, around),
      // In the order of the format, in which what belongs together stands together.
      sortText: String(index).padStart(4, '0'),
    })),
    ...(at === 'key' && !context.hasColon && isStages(path) ? stageSnippets() : []),
  ];
  if (options.length === 0) return null;
  return { from, to: Math.max(pos, to), validFor: /^[\w.-]*$/, options };
}

function completionOf(option: TextOption, context: YamlContext, { kinds }: Surroundings): Completion {
  const { label, type, detail, help, isRequired } = option;
  const kind = context.path.at(-1) === 'uses' ? kinds.find(({ id }) => id === label) : undefined;
  return {
    label,
    type,
    detail,
    boost: isRequired ? 1 : 0,
    ...(kind !== undefined
      ? { info: () => explanationElement(explainKind(kind)) }
      : help !== '' && { info: () => wordsOf('div', help) }),
    ...(type === 'key' && {
      apply: (view: EditorView, _: Completion, from: number, to: number) => {
        insertKey(view, option, context, from, to);
      },
    }),
  };
}

/** Lists that stand in one line. */
const BEHIND_KEY: Readonly<Record<string, string>> = { needs: ' []', extends: ' []' };

/** Writes a key with its colon, and goes to where its value begins. */
function insertKey(
  view: EditorView,
  { label, holds }: TextOption,
  { hasColon, isFlow }: YamlContext,
  from: number,
  to: number,
): void {
  const column = from - view.state.doc.lineAt(from).from;
  const deeper = `\n${' '.repeat(column + 2)}`;
  const behind =
    BEHIND_KEY[label] ?? (holds === 'scalar' || isFlow ? ' ' : holds === 'list' ? `${deeper}- ` : deeper);
  if (hasColon) {
    view.dispatch(insertCompletionText(view.state, label, from, to));
    return;
  }
  view.dispatch(insertCompletionText(view.state, `${label}:${behind}`, from, to));
  if (behind.endsWith(']')) view.dispatch({ selection: { anchor: view.state.selection.main.head - 1 } });
  startCompletion(view);
}

const stageSnippets = (): readonly Completion[] =>
  STAGE_SNIPPETS.map(({ label, detail, template }) => ({
    label,
    detail,
    type: 'value',
    boost: -1,
    apply: snippet(template),
  }));
