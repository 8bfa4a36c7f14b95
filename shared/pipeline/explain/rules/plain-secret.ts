import { listOf, mappingOf } from '../../raw-stages.ts';
import type { ValuePath } from '../../source-map.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { Fix, Rule } from '../explanation.ts';
import { isSecretName, isSecretValue, secretShapeOf } from '../secret-shapes.ts';

export const plainSecret: Rule = {
  code: 'plain-secret',
  severity: 'warning',
  summary: 'A secret stands in the file in plain text',
  why: 'Everyone who can read the file or its history can use it, also after it was taken out. Store it with `pipewright secrets set`, name it in `secrets`, and have a new one issued.',
  *find(file) {
    for (const { path, shape } of suspectsIn(file.source.root)) {
      yield {
        path,
        ...(shape === null
          ? { message: `\`${path.at(-1) ?? ''}\` holds a secret in plain text` }
          : { at: 'value', message: `${shape} stands here in plain text` }),
        fixes: fixesOf(file, path),
      };
    }
  },
};

interface Suspect {
  readonly path: ValuePath;
  /** What it is by its form; null where its name says it. */
  readonly shape: string | null;
}

/** Where names stand whose values may be secret. */
const HOLDERS: ReadonlySet<unknown> = new Set(['env', 'vars', 'with']);

function suspectsIn(root: unknown): readonly Suspect[] {
  const suspects: Suspect[] = [];
  const path: (string | number)[] = [];
  // What stages take over from a template is one value.
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const name = path.at(-1);
      const shape = secretShapeOf(value);
      const isNamed = typeof name === 'string' && HOLDERS.has(path.at(-2)) && isSecretName(name);
      if (shape !== null || (isNamed && isSecretValue(value))) suspects.push({ path: [...path], shape });
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      for (const [key, inner] of Object.entries(value)) {
        path.push(Array.isArray(value) ? Number(key) : key);
        visit(inner);
        path.pop();
      }
    }
  };
  visit(root);
  return suspects;
}

/** A variable of a stage or of its steps can come from the secret of its name, which the stage then sees as such. */
function fixesOf(file: ExplainedFile, path: ValuePath): readonly Fix[] {
  const written = file.writtenPath(path);
  const name = path.at(-1);
  if (written === null || path.at(-2) !== 'env' || typeof name !== 'string') return [];
  const depth = { stages: 2, templates: 2, pipelines: 4 }[String(written[0])];
  if (depth === undefined || written.length < depth + 2) return [];
  const holder = written.slice(0, depth);
  const listed = [...holder, 'secrets'];
  const present = mappingOf(file.valueAt(holder))['secrets'];
  if (file.source.isInherited(listed)) return [];
  const isMapping = mappingOf(present) === present;
  const isListed = listOf(present).includes(name);
  return [
    {
      title: `Take ${name} from the secrets`,
      operations: [
        ...(isListed
          ? []
          : isMapping
            ? [{ type: 'set-field', path: [...listed, name], value: name } as const]
            : [{ type: 'insert-item', path: listed, index: -1, value: name } as const]),
        { type: 'set-field', path: written, value: undefined },
      ],
    },
  ];
}
