import type { MatrixLeg } from './expand-matrix.ts';

const MAX_VALUE = 32;
const MAX_SUFFIX = 120;

/** A short text that two different texts are unlikely to share; the same on every machine. */
function fingerprint(text: string): string {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0;
  }
  return hash.toString(36).padStart(7, '0').slice(-6);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A value as ids show it: whole where it is short and plain, else its beginning and a fingerprint. */
function shown(value: unknown): string {
  const text = textOf(value);
  if (/^[\w.+@:/ -]*$/.test(text) && text.length <= MAX_VALUE) return text;
  const plain = text.replaceAll(/[^\w.+@:/-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `${plain.slice(0, MAX_VALUE - 8)}~${fingerprint(text)}`;
}

/** Ids of the legs of a matrix, such as `unit[node=22,os=linux]`: each its own, and the same for the same values. */
export function legIds(group: string, legs: readonly MatrixLeg[]): readonly string[] {
  const taken = new Map<string, number>();
  return legs.map(({ values, named }) => {
    const whole = named.map((key) => `${key}=${shown(values[key])}`).join(',');
    const suffix = whole.length > MAX_SUFFIX ? `${whole.slice(0, MAX_SUFFIX)}~${fingerprint(whole)}` : whole;
    const count = (taken.get(suffix) ?? 0) + 1;
    taken.set(suffix, count);
    return `${group}[${suffix}${count === 1 ? '' : `#${count}`}]`;
  });
}

/** `Unit tests (22, linux)`; a name that says the values itself stays as it is. */
export function legName(name: string, { values, named }: MatrixLeg): string {
  if (name.includes('${{')) return name;
  return `${name} (${named.map((key) => shown(values[key])).join(', ')})`;
}
