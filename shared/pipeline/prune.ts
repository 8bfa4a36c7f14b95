import type { z } from 'zod';
import { valueAt } from './source-map.ts';

/**
 * Takes out of a value what a schema refused, so that the rest can still be shown. A wrong item takes its whole
 * list with it, as the places of the others would no longer fit.
 * @param root changed in place
 */
export function prune(root: unknown, issues: readonly z.core.$ZodIssue[]): void {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const holder = valueAt(root, issue.path as string[]);
      if (typeof holder === 'object' && holder !== null)
        for (const key of issue.keys) Reflect.deleteProperty(holder, key);
      continue;
    }
    for (let length = issue.path.length; length > 0; length -= 1) {
      const holder = valueAt(root, issue.path.slice(0, length - 1) as string[]);
      const key = issue.path[length - 1]!;
      if (
        typeof holder !== 'object' ||
        holder === null ||
        Array.isArray(holder) ||
        !Object.hasOwn(holder, key)
      )
        continue;
      Reflect.deleteProperty(holder, key);
      break;
    }
  }
}
