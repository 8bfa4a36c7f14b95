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
    for (const { path, text } of scalarsOf(file.source.root)) {
      const shape = secretShapeOf(text);
      const name = nameOf(path);
      if (shape !== null) {
        const message = `${shape} stands here in plain text`;
        yield { path, at: 'value', message, fixes: fixesOf(file, path) };
      } else if (name !== null && isSecretName(name) && isSecretValue(text)) {
        yield { path, message: `\`${name}\` holds a secret in plain text`, fixes: fixesOf(file, path) };
      }
    }
  },
};

interface ScalarText {
  readonly path: ValuePath;
  readonly text: string;
}

function* scalarsOf(value: unknown, path: ValuePath = []): Iterable<ScalarText> {
  if (typeof value === 'string') yield { path, text: value };
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* scalarsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

/** Of a variable or a setting. */
function nameOf(path: ValuePath): string | null {
  const [holder, name] = path.slice(-2);
  return typeof name === 'string' && (holder === 'env' || holder === 'vars' || holder === 'with')
    ? name
    : null;
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
