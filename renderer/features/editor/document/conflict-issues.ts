import type { Issue } from '#shared/lib/issue.ts';
import { CONFLICT_START } from './merge-texts.ts';

/** The places that a merge has left for a person to decide. */
export function conflictIssues(text: string, path: string): readonly Issue[] {
  if (!text.includes(CONFLICT_START)) return [];
  return text.split('\n').flatMap((line, index): Issue[] =>
    line.trim() === CONFLICT_START
      ? [
          {
            code: 'merge-conflict',
            severity: 'error',
            path,
            line: index + 1,
            column: line.indexOf('#') + 1,
            message: 'Here both you and somebody else changed the same lines',
            hint: 'keep what is right, and take the three marked comments out',
          },
        ]
      : [],
  );
}
