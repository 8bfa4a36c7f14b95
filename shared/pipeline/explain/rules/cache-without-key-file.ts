import { findExpressions } from '../../../expressions/find-expressions.ts';
import { itemPath } from '../../raw-stages.ts';
import type { Rule } from '../explanation.ts';
import { lockFileOf } from '../tools.ts';

export const cacheWithoutKeyFile: Rule = {
  code: 'cache-without-key-file',
  severity: 'warning',
  summary: 'The key of a cache does not change with the files that decide what is in it',
  why: 'A cache is stored once under its key. When the dependencies change and the key does not, every run gets the old ones back.',
  *find(file) {
    for (const stage of file.stages) {
      for (const [index, { key }] of stage.stage.caches.entries()) {
        if (!isConstant(key)) continue;
        const path = [...itemPath([...stage.path, 'cache'], stage.raw['cache'], index), 'key'];
        const written = file.writtenPath(path);
        const lockFile = lockFileOf(stage.commands);
        const value = `${key}-\${{ hashFiles('${lockFile ?? ''}') }}`;
        yield {
          path,
          message: `The cache \`${key}\` stays as it is when its dependencies change`,
          fixes:
            lockFile === null || written === null
              ? []
              : [
                  {
                    title: `Add the hash of ${lockFile} to the key`,
                    operations: [{ type: 'set-field', path: written, value }],
                  },
                ],
        };
      }
    }
  },
};

/** The legs of a matrix differ, but each has the same key for ever. */
const isConstant = (key: string): boolean =>
  findExpressions(key).every(({ expression }) => /^\s*matrix\.[\w.-]+\s*$/.test(expression));
