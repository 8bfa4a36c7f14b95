/** Texts that are secrets by their form alone, and what they are called. */
const SHAPES: readonly (readonly [title: string, shape: RegExp])[] = [
  ['A private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['A GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})\b/],
  ['A GitLab token', /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}/],
  ['An AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['A Slack token', /\bxox[abeoprs]-[\w-]{10,}/],
  ['A Slack webhook address', /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ['A Google API key', /\bAIza[\w-]{35}/],
  ['A Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ['An npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['A PyPI token', /\bpypi-AgEIcHlwaS5vcmc[\w-]{20,}/],
  ['A JSON web token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
];

/** What a text holds that is a secret by its form; null where nothing of it is. */
export function secretShapeOf(text: string): string | null {
  if (text.length < 12) return null;
  const shape = SHAPES.find(([, each]) => each.test(text));
  if (shape !== undefined) return shape[0];
  return text.includes('@') && holdsPassword(text) ? 'A password in an address' : null;
}

const ADDRESS = /:\/\/[^\s/:@'"$]+:(?<password>[^\s/:@'"$]{3,})@(?<host>[^\s'"/:]+)/gi;

/** Services on this machine live as long as the run. */
const holdsPassword = (text: string): boolean =>
  [...text.matchAll(ADDRESS)].some(
    ({ groups }) =>
      isSecretValue(groups?.['password'] ?? '') && !/^(localhost|127\.|\[::1)/i.test(groups?.['host'] ?? ''),
  );

const SECRET_NAME =
  /(^|[_-])(password|passwd|passphrase|token|secret|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|credentials?)$/i;

/** Whether a variable or a setting of this name holds a secret: `DB_PASSWORD`, `api-key`; not `TOKEN_FILE`. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** What people write for services that live as long as a test, and for what is filled in elsewhere. */
const HARMLESS = new Set(
  'admin changeme default dev dummy example false guest local mysql no none null password postgres root secret test testing true user yes'.split(
    ' ',
  ),
);

/** Whether a value of a secret's name may be one: neither computed, nor empty, nor a word that hides nothing. */
export const isSecretValue = (text: string): boolean =>
  text.length > 2 &&
  !/\s|\$\{\{|^\$|^<.*>$|^\*+$|^x+$|^[.~]{0,2}[/\\]/i.test(text) &&
  !HARMLESS.has(text.toLowerCase());
