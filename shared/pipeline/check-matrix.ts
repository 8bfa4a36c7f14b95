import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import { MatrixProblem, expandMatrix } from './expand-matrix.ts';
import { MATRIX_SETTINGS } from './matrix-keys.ts';
import { itemPath, listOf, mappingOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import type { ValuePath } from './source-map.ts';

/** Checks what of a matrix can be known before the run: empty lists, entries that match nothing, the number of legs. */
export function checkMatrix(stage: RawMapping, path: ValuePath, context: CheckContext): void {
  if (stage['matrix'] === undefined) return;
  checkArtifactNames(stage, path, context);
  const matrix = mappingOf(stage['matrix']);
  if (matrix !== stage['matrix']) return;
  const at = [...path, 'matrix'];
  const { source, issues } = context;
  const before = issues.count;
  for (const [axis, values] of Object.entries(matrix)) {
    if (MATRIX_SETTINGS.has(axis)) continue;
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(axis)) {
      const message = `The name ${quote(axis)} must be letters, digits, \`_\` and \`-\`, and start with a letter or \`_\``;
      issues.add('invalid-name', source.key([...at, axis]), message);
    }
    if (Array.isArray(values) && values.length === 0) {
      const message = `The list ${quote(axis)} of the matrix is empty, so the stage would never run`;
      issues.add('empty-matrix', source.value([...at, axis]), message, 'give it at least one value');
    }
  }
  checkExclude(matrix, at, context);
  if (issues.count > before || JSON.stringify(matrix).includes('${{')) return;
  try {
    if (expandMatrix(matrix).length > 0) return;
    issues.add('empty-matrix', source.key(at), 'The matrix has no combination, so the stage would never run');
  } catch (error) {
    if (!(error instanceof MatrixProblem)) throw error;
    // What is no list is the schema's to say.
    if (error.message.startsWith('has '))
      issues.add('large-matrix', source.key(at), `The matrix ${error.message}`);
  }
}

/** Legs that make one artifact each would make it several times. */
function checkArtifactNames(stage: RawMapping, path: ValuePath, { source, issues }: CheckContext): void {
  const { artifacts } = stage;
  listOf(artifacts).forEach((artifact, index) => {
    const { name } = mappingOf(artifact);
    if (typeof name !== 'string' || name.includes('${{')) return;
    issues.add(
      'duplicate-artifact',
      source.value([...itemPath([...path, 'artifacts'], artifacts, index), 'name']),
      `Every leg of the matrix would make an artifact ${quote(name)}`,
      'put a value of the matrix into its name, such as `${{ matrix.node }}`',
    );
  });
}

function checkExclude(matrix: RawMapping, at: ValuePath, { source, issues, suggest }: CheckContext): void {
  const { exclude } = matrix;
  if (!Array.isArray(exclude)) return;
  const axes = Object.keys(matrix).filter((key) => !MATRIX_SETTINGS.has(key));
  (exclude as unknown[]).forEach((entry, index) => {
    for (const key of Object.keys(mappingOf(entry))) {
      if (axes.includes(key)) continue;
      const close = issues.full ? null : suggest(key, axes);
      const hint = close === null ? `its lists are ${axes.join(', ')}` : `did you mean \`${close}\`?`;
      const message = `The matrix has no list ${quote(key)}, so this excludes nothing`;
      issues.add('unknown-matrix-value', source.key([...at, 'exclude', index, key]), message, hint);
    }
  });
}
