import type { Issue } from '#shared/lib/issue.ts';
import type { PlaceInText } from '#shared/pipeline/path-at-offset.ts';
import type { QuickFix } from './analysis.ts';

const DID_YOU_MEAN = /^did you mean `(?<name>[^`]+)`\?$/;
/** What is wrong with these is the whole value; elsewhere it may be a part of a text. */
const WRONG_VALUES: readonly string[] = [
  'missing-need',
  'unknown-kind',
  'unknown-template',
  'unknown-pipeline',
];

/** What the hint of an issue proposes, as operations. */
export function quickFixes({ code, hint }: Issue, { path, at }: PlaceInText): readonly QuickFix[] {
  const name = DID_YOU_MEAN.exec(hint ?? '')?.groups?.['name'];
  if (name === undefined || path.length === 0) return [];
  const title = `Change to ${name}`;
  if (at === 'key') {
    return code === 'unknown-key' ? [{ title, operations: [{ type: 'rename-key', path, to: name }] }] : [];
  }
  if (!WRONG_VALUES.includes(code)) return [];
  return [{ title, operations: [{ type: 'set-field', path, value: name }] }];
}
