import { parseDocument } from 'yaml';
import { AppError } from '#shared/lib/app-error.ts';

/** An operation of an OpenAPI document: `GET /items/{id}`. */
export interface Operation {
  readonly method: string;
  readonly path: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** More aliases than any document needs: a short text must not become a huge value. */
const MAX_ALIASES = 1_000;

const mappingOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/**
 * The operations that a document, in YAML or JSON, has in itself.
 * @throws AppError `kind-failed` when it is no OpenAPI document
 */
export function readOperations(text: string, name: string): readonly Operation[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new AppError('kind-failed', `${name} is neither YAML nor JSON.`);
  const root = mappingOf(document.toJS({ maxAliasCount: MAX_ALIASES }));
  if (root['openapi'] === undefined && root['swagger'] === undefined) {
    throw new AppError('kind-failed', `${name} is no OpenAPI document: it has no \`openapi\` key.`);
  }
  return Object.entries(mappingOf(root['paths'])).flatMap(([path, item]) =>
    Object.keys(mappingOf(item))
      .filter((key) => METHODS.includes(key))
      .map((method) => ({ method: method.toUpperCase(), path })),
  );
}

/** A request that was made. */
export interface MadeRequest {
  readonly method: string;
  /** Without host and query, with a leading slash. */
  readonly path: string;
}

/**
 * The operations that none of the requests was for. Servers have their API below a path of their own, so a request fits where
 * its end does; of several that fit, it counts for the one with the fewest parameters.
 */
export function untested(
  operations: readonly Operation[],
  requests: readonly MadeRequest[],
): readonly Operation[] {
  const patterns = operations
    .map((operation) => ({ operation, parts: partsOf(operation.path) }))
    .sort((a, b) => parameters(a.parts) - parameters(b.parts) || b.parts.length - a.parts.length);
  const tested = new Set<Operation>();
  for (const { method, path } of requests) {
    const given = partsOf(path);
    const hit = patterns.find(
      ({ operation, parts }) => operation.method === method.toUpperCase() && endsWith(given, parts),
    );
    if (hit !== undefined) tested.add(hit.operation);
  }
  return operations.filter((operation) => !tested.has(operation));
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');
const isParameter = (part: string): boolean => part.includes('{');
const parameters = (parts: readonly string[]): number => parts.filter(isParameter).length;

function endsWith(given: readonly string[], parts: readonly string[]): boolean {
  const from = given.length - parts.length;
  return from >= 0 && parts.every((part, index) => isParameter(part) || part === given[from + index]);
}
