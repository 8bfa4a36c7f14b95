import parse, { type Expression } from 'spdx-expression-parse';
import satisfies from 'spdx-satisfies';

export interface LicensePolicy {
  /** SPDX ids; empty: whatever is not denied. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** What a policy says of a licence: `unknown` when it is none that SPDX knows. */
export type LicenseVerdict = 'allowed' | 'denied' | 'not-allowed' | 'unknown';

/**
 * Judges an SPDX expression. With `OR` the one who uses it chooses, so one good way is enough; with `AND` all hold.
 * @param text as a package names its licence; a `*` behind it says that a tool has guessed it
 */
export function judgeLicense(text: string, { allow, deny }: LicensePolicy): LicenseVerdict {
  const plain = text.replace(/\*$/, '').trim();
  if (allow.includes(plain)) return 'allowed';
  if (deny.includes(plain)) return 'denied';
  const expression = parsed(plain);
  if (expression === null) return 'unknown';
  if (!canAvoid(expression, deny)) return 'denied';
  if (allow.length === 0) return 'allowed';
  const known = allow.filter((one) => parsed(one) !== null);
  return satisfies(withoutDenied(expression, deny), known) ? 'allowed' : 'not-allowed';
}

function parsed(text: string): Expression | null {
  try {
    return parse(text);
  } catch {
    // A name of its own, `SEE LICENSE IN …`, or nothing: no SPDX.
    return null;
  }
}

const nameOf = (leaf: Extract<Expression, { license: string }>): string =>
  `${leaf.license}${leaf.plus === true ? '+' : ''}${leaf.exception === undefined ? '' : ` WITH ${leaf.exception}`}`;

function canAvoid(expression: Expression, deny: readonly string[]): boolean {
  if ('license' in expression)
    return !deny.includes(expression.license) && !deny.includes(nameOf(expression));
  const [left, right] = [canAvoid(expression.left, deny), canAvoid(expression.right, deny)];
  return expression.conjunction === 'or' ? left || right : left && right;
}

/** The expression without the ways that are denied; one is left. */
function withoutDenied(expression: Expression, deny: readonly string[]): string {
  if ('license' in expression) return nameOf(expression);
  const { left, right, conjunction } = expression;
  const ways = [left, right].filter((one) => conjunction === 'and' || canAvoid(one, deny));
  return `(${ways.map((one) => withoutDenied(one, deny)).join(` ${conjunction.toUpperCase()} `)})`;
}

/** Several licences of one package, of which no one said how they belong together: all hold. */
export const allOf = (licenses: readonly string[]): string =>
  licenses.length === 1
    ? (licenses[0] ?? '')
    : licenses.map((one) => `(${one.replace(/\*$/, '')})`).join(' AND ');
