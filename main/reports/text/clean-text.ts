// Each alternative stops at the next escape character, so that hostile text cannot make it quadratic.
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * Takes ANSI sequences and control characters out of what a tool wrote, and copies the rest:
 * a slice would keep the whole report file in memory for as long as one name of it is used.
 */
export function cleanText(text: string): string {
  const plain = ODD.test(text) ? text.replace(/\r\n?/g, '\n').replace(ANSI, '').replace(CONTROL, '') : text;
  return Buffer.from(plain, 'utf8').toString('utf8');
}

/** Shortens a text to about `max` code units and says how much is gone. */
export function clipText(text: string, max: number, keep: 'start' | 'end'): string {
  if (text.length <= max) return text;
  const note = `[${text.length - max} characters left out]`;
  // A pair of surrogates is never cut in two.
  return keep === 'start'
    ? `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}\n${note}`
    : `${note}\n${text.slice(-max).replace(/^[\udc00-\udfff]/, '')}`;
}

/**
 * Gives equal texts the same memory: of 100,000 test cases most share their class and file with a hundred others.
 * Forgets what it knows when that grows.
 */
export function createInterner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    if (known.size >= 10_000) known.clear();
    const copy = cleanText(text);
    known.set(text, copy);
    return copy;
  };
}
