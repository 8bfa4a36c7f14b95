import { checkExpression } from '../expressions/check-expression.ts';
import type { ExpressionFault } from '../expressions/check-expression.ts';
import { FUNCTIONS, PLACED_FUNCTIONS, STATUS_FUNCTIONS } from '../expressions/names.ts';
import type { ContextReference } from '../expressions/references.ts';
import { GATE_CONTEXTS } from '../reports/gate-values.ts';
import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import type { Scope } from './expression-scope.ts';
import { portInside } from './place-values.ts';
import { listOf, mappingOf } from './raw-stages.ts';
import type { Place, SourceMap, ValuePath } from './source-map.ts';

/** An expression in a file: the text that holds it, and the how manieth `${{` of it; null when it is the whole text. */
export interface ExpressionSite {
  readonly path: ValuePath;
  readonly index: number | null;
}

const includes = (names: Iterable<string>, name: string): boolean => {
  for (const known of names) if (known.toLowerCase() === name.toLowerCase()) return true;
  return false;
};

/** Checks one expression without its braces. */
export function checkOneExpression(
  expression: string,
  site: ExpressionSite,
  scope: Scope,
  context: CheckContext,
): void {
  const { issues, source } = context;
  // Finding a place takes time that grows with the text, which only pays for issues that will be shown.
  const at = (offset: number): Place =>
    issues.full ? source.at(0) : placeIn(source, site, expression, offset);
  const { faults, contexts } = checkExpression(expression, scope);
  for (const fault of faults) {
    const message = misplaced(fault) ?? fault.message;
    issues.add(fault.code, at(fault.offset), message, hintFor(fault, scope, context));
  }
  for (const reference of contexts) {
    if (!includes(scope.contexts, reference.context)) continue;
    checkReference(reference, () => at(reference.column), scope, context);
  }
}

/** What to say of a function that the format knows in other places. */
function misplaced({ code, name }: ExpressionFault): string | null {
  if (code !== 'unknown-function' || name === null || !includes(PLACED_FUNCTIONS.keys(), name)) return null;
  const where = includes(STATUS_FUNCTIONS, name) ? 'in an `if`' : 'in what a stage does';
  return `The function \`${name}\` only works ${where}`;
}

function hintFor(fault: ExpressionFault, scope: Scope, { issues, suggest }: CheckContext): string | null {
  if (fault.name === null || issues.full || misplaced(fault) !== null) return null;
  const known =
    fault.code === 'unknown-function' ? [...FUNCTIONS.keys(), ...scope.functions] : scope.contexts;
  const close = suggest(fault.name, known);
  return close === null
    ? `known here: ${known.join(', ')}; a text stands in single quotes`
    : `did you mean \`${close}\`?`;
}

function checkReference(
  { context: name, path: [first, ...rest] }: ContextReference,
  place: () => Place,
  scope: Scope,
  { issues, suggest }: CheckContext,
): void {
  if (first === undefined || first === null) return;
  const missing = (
    code: string,
    known: readonly string[] | null,
    message: string,
    otherwise: string,
  ): void => {
    if (known === null || includes(known, first)) return;
    const isElsewhere =
      code === 'not-needed' && scope.stage !== null && Object.hasOwn(scope.stage.all, first);
    const close = issues.full || isElsewhere ? null : suggest(first, known);
    issues.add(code, place(), message, close === null ? otherwise : `did you mean \`${close}\`?`);
  };
  const stage = scope.stage === null ? 'The pipeline' : `Stage ${quote(scope.stage.id)}`;
  const kind = name.toLowerCase();
  switch (kind) {
    case 'inputs':
      missing(
        'unknown-input',
        scope.inputs,
        `There is no input ${quote(first)}`,
        'declare it under `inputs`',
      );
      return;
    case 'vars':
      missing(
        'unknown-variable',
        scope.vars,
        `There is no variable ${quote(first)}`,
        'declare it under `vars`',
      );
      return;
    case 'state':
      missing('unknown-state', scope.state, `There is no state ${quote(first)}`, 'declare it under `state`');
      return;
    case 'needs':
      missing(
        'not-needed',
        scope.needs,
        scope.stage === null
          ? `There is no stage ${quote(first)}`
          : `${stage} does not need ${quote(first)}, so it has no value here`,
        `add \`${first}\` to the stage's \`needs\``,
      );
      return;
    case 'steps':
      missing('unknown-step', scope.steps, `The stage has no step ${quote(first)}`, 'give the step an `id`');
      return;
    case 'services':
      missing(
        'unknown-service',
        scope.services,
        `${stage} has no service ${quote(first)}`,
        'declare it under the `services` of the stage',
      );
      checkServiceValue(first, rest, place, scope, issues);
      return;
    case 'tests':
    case 'coverage':
    case 'findings':
    case 'sbom':
    case 'baseline':
      missing(
        'unknown-gate-value',
        GATE_CONTEXTS[kind] ?? null,
        `\`${kind}\` has no value ${quote(first)}`,
        `known here: ${(GATE_CONTEXTS[kind] ?? []).join(', ')}`,
      );
      return;
    case 'matrix':
      missing(
        'unknown-matrix-value',
        scope.matrix,
        `The matrix has no value ${quote(first)}`,
        'name one of its axes',
      );
      return;
    case 'secrets':
      missing(
        'secret-not-named',
        scope.secrets,
        `${stage} does not name the secret ${quote(first)}, so it has no value here`,
        `add \`${first}\` to the stage's \`secrets\``,
      );
  }
}

/** What a service tells: where it is, and under which ports. */
function checkServiceValue(
  given: string,
  [value, port]: readonly (string | null)[],
  place: () => Place,
  { stage }: Scope,
  issues: CheckContext['issues'],
): void {
  const services = mappingOf(mappingOf(stage?.all[stage.id])['services']);
  const id = Object.keys(services).find((name) => name.toLowerCase() === given.toLowerCase());
  if (id === undefined || typeof value !== 'string') return;
  if (!includes(['host', 'ports'], value)) {
    const message = `A service has no value ${quote(value)}`;
    issues.add('unknown-service-value', place(), message, 'known here: host, ports');
    return;
  }
  const ports = listOf(mappingOf(services[id])['ports']).map((listed) => portInside(String(listed)));
  // Without a list they are those of the image.
  if (typeof port !== 'string' || ports.length === 0 || ports.includes(null) || ports.includes(port)) return;
  const message = `The service ${quote(id)} does not list the port ${quote(port)}`;
  issues.add('unknown-service-value', place(), message, 'add it to the `ports` of the service');
}

/** The place of an offset in an expression; that of its `${{`, or of its text, where the file writes it otherwise. */
function placeIn(
  source: SourceMap,
  { path, index }: ExpressionSite,
  expression: string,
  offset: number,
): Place {
  const text = source.value(path);
  const owner = source.ownerOf(path);
  const at = (offset: number): Place =>
    text.file === undefined ? owner.at(offset) : { ...owner.at(offset), file: text.file };
  let start = index === null ? owner.text.indexOf(expression, text.start) : text.start - 1;
  for (let count = 0; index !== null && count <= index; count += 1) {
    start = owner.text.indexOf('${{', start + 1);
    if (start < 0) break;
  }
  if (start < 0 || start >= text.end) return text;
  const inner = start + (index === null ? 0 : 3);
  return owner.text.startsWith(expression.slice(0, offset), inner) ? at(inner + offset) : at(start);
}
