import type { ValuePath } from '../source-map.ts';

export interface ScalarPath {
  readonly path: ValuePath;
  /** The value is an expression without `${{ }}` around it. */
  readonly isBare: boolean;
}

/** The texts of a value that may hold expressions. What anchors repeat is listed where it stands first. */
export function scalarPaths(root: unknown, at: ValuePath = []): readonly ScalarPath[] {
  const found: ScalarPath[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, path: ValuePath): void => {
    if (typeof value === 'string') {
      const isBare = path.at(-1) === 'if';
      if (isBare || value.includes('${{')) found.push({ path, isBare });
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
      else for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    }
  };
  visit(root, at);
  return found;
}
