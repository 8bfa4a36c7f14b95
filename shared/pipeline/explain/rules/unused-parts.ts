import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { mappingOf } from '../../raw-stages.ts';
import type { ValuePath } from '../../source-map.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { Finding, Rule } from '../explanation.ts';

export const unusedInput: Rule = {
  code: 'unused-input',
  severity: 'hint',
  summary: 'An input is never read',
  why: 'People are asked for it before each run, and whatever they answer changes nothing.',
  *find(file) {
    const read = namesRead('inputs', file.texts);
    if (read === null) return;
    const parts = Object.keys(mappingOf(file.valueAt(['pipelines'])));
    for (const path of [['inputs'], ...parts.map((id) => ['pipelines', id, 'inputs'])]) {
      yield* unusedOf(file, path, read, 'input');
    }
  },
};

export const unusedVariable: Rule = {
  code: 'unused-variable',
  severity: 'hint',
  summary: 'A value of `vars` is never read',
  why: 'Who changes it expects that something happens. Values of `vars` are read as `vars.<name>` only, never by the commands themselves.',
  *find(file) {
    const read = namesRead('vars', file.texts);
    if (read !== null) yield* unusedOf(file, ['vars'], read, 'variable');
  },
};

export const unusedTemplate: Rule = {
  code: 'unused-template',
  severity: 'hint',
  summary: 'No stage extends a template',
  why: 'It is never run, so that nobody notices when it no longer works.',
  *find(file) {
    // Stages of other files may extend it, and what aliases hold is not looked into.
    if (file.valueAt(['include']) !== undefined) return;
    const extended = extendedNames(file.source.node);
    if (extended !== null) yield* unusedOf(file, ['templates'], extended, 'template');
  },
};

export const unusedPipeline: Rule = {
  code: 'unused-pipeline',
  severity: 'hint',
  summary: 'No stage calls a pipeline of the file',
  why: 'It is never run, so that nobody notices when it no longer works.',
  *find(file) {
    const called = new Set(
      file.stages.flatMap(({ stage: { body } }) =>
        body.type === 'pipeline' ? [body.target.toLowerCase()] : [],
      ),
    );
    yield* unusedOf(file, ['pipelines'], called, 'pipeline');
  },
};

function* unusedOf(
  file: ExplainedFile,
  path: ValuePath,
  used: ReadonlySet<string>,
  what: string,
): Iterable<Finding> {
  for (const name of Object.keys(mappingOf(file.valueAt(path)))) {
    if (used.has(name.toLowerCase())) continue;
    const unused = [...path, name];
    yield {
      path: unused,
      message: `The ${what} \`${name}\` is never used`,
      fixes: [
        { title: `Remove ${name}`, operations: [{ type: 'set-field', path: unused, value: undefined }] },
      ],
    };
  }
}

/** The names that expressions read of a context, in lower case; null where it is read as a whole, or by computed names. */
function namesRead(context: 'inputs' | 'vars', texts: string): ReadonlySet<string> | null {
  const whole = new RegExp(String.raw`\b${context}\s*(\[\s*[^'\s]|\)|\.\s*\*)`, 'i');
  if (whole.test(texts)) return null;
  const named = new RegExp(String.raw`\b${context}\s*(?:\.\s*(?<dot>[\w-]+)|\[\s*'(?<text>[^']*)')`, 'gi');
  return new Set(
    [...texts.matchAll(named)].map(({ groups }) => (groups?.['dot'] ?? groups?.['text'] ?? '').toLowerCase()),
  );
}

/** What `extends` names anywhere in the file, in lower case; null where aliases may hide some. */
function extendedNames(root: Node | null): ReadonlySet<string> | null {
  const names = new Set<string>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) open.push(...node.items);
    if (!isMap(node)) continue;
    for (const { key, value } of node.items) {
      if (isScalar(key) && key.value === 'extends') {
        for (const item of isSeq(value) ? value.items : [value]) {
          if (!isScalar(item)) return null;
          names.add(String(item.value).toLowerCase());
        }
      }
      open.push(value);
    }
  }
  return names;
}
