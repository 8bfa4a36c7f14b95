import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsSecret, createMasker, maskText } from './masker.ts';
import { secretForms } from './secret-forms.ts';

const SECRET = 'pa55/w+rd & "quotes" of \'Zoë\'';

/** Masks the bytes in pieces that end at the given places. */
function masked(values: readonly string[], bytes: Buffer, cuts: readonly number[] = []): Buffer {
  const masker = createMasker(values);
  const parts: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, cut));
    parts.push(Buffer.from(masker.mask(chunk)));
    chunk.fill(0);
    from = cut;
  }
  return Buffer.concat([...parts, masker.flush()]);
}

/** Random secrets from a small alphabet, so that they overlap, begin alike and contain each other; none contains the mask. */
const secret = fc
  .oneof(
    fc.string({
      minLength: 4,
      maxLength: 12,
      unit: fc.constantFrom('a', 'b', 'A', '\n', ' ', "'", '"', 'ë'),
    }),
    fc.string({ minLength: 4, maxLength: 600, unit: 'grapheme' }),
    fc
      .array(fc.string({ minLength: 1, maxLength: 80 }), { minLength: 2, maxLength: 6 })
      .map((l) => l.join('\n')),
  )
  .filter((text) => !text.includes('*'));

/** Text in which forms of the secrets, parts of them and other bytes follow each other. */
function textWith(values: readonly string[]): fc.Arbitrary<Buffer> {
  const forms = secretForms(values).map((form) => Buffer.from(form));
  const noise = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
  const piece = forms.length === 0 ? noise : fc.oneof(noise, fc.constantFrom(...forms));
  const part = fc.tuple(piece, fc.nat(20)).map(([bytes, cut]) => bytes.subarray(0, bytes.length - cut));
  return fc.array(fc.oneof(piece, part), { maxLength: 12 }).map((parts) => Buffer.concat(parts));
}

const example = fc
  .array(secret, { minLength: 1, maxLength: 4 })
  .chain((values) =>
    fc.record({ values: fc.constant(values), text: textWith(values), cuts: fc.array(fc.nat()) }),
  );

describe('masking', () => {
  it('replaces a secret and leaves the rest', () => {
    expect(maskText(['hunter22'], 'a hunter22 b hunter22')).toBe('a *** b ***');
    expect(maskText(['hunter22'], 'a hunter2 b')).toBe('a hunter2 b');
  });

  it.each([
    ['base64 alone', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['a URL component', encodeURIComponent(SECRET)],
    ['a form field', new URLSearchParams({ x: SECRET }).toString().slice(2)],
    ['a lower-case URL escape', encodeURIComponent(SECRET).replace(/%../g, (hex) => hex.toLowerCase())],
    ['JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['ASCII JSON', JSON.stringify(SECRET).slice(1, -1).replace('ë', '\\u00eb')],
    ['single quotes of a shell', SECRET.replaceAll("'", "'\\''")],
    ['double quotes of a shell', SECRET.replaceAll('"', '\\"')],
  ])('knows a secret as %s', (_name, form) => {
    expect(maskText([SECRET], `<${form}>`)).toBe('<***>');
    expect(containsSecret([SECRET], `<${form}>`)).toBe(true);
  });

  it.each(['', 'u', 'us', 'user:'])(
    'knows a secret within base64 of a longer text that begins with %j',
    (before) => {
      const whole = Buffer.from(`${before}correct horse battery, and more`).toString('base64');
      const out = maskText(['correct horse battery'], whole);
      expect(out).toMatch(/^[\w+/]{0,8}\*\*\*[\w+/]+=*$/);
    },
  );

  it('knows a long secret in base64 that was broken into lines', () => {
    const value = Array.from({ length: 40 }, (_, index) => `word${index * 7919}`).join(' ');
    const lines = Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\n');
    expect(maskText([value], lines)).toMatch(/^(\*\*\*\n)+\*\*\*=*$/);
  });

  it('knows each line of a secret of several lines, whatever its indentation', () => {
    const key = '-----BEGIN KEY-----\r\n  MIIEabcdefgh\nshort\nab\n-----END KEY-----\n';
    expect(maskText([key], 'x\n    MIIEabcdefgh\nshort\nab\n')).toBe('x\n    ***\n***\nab\n');
    expect(maskText([key], `[${key}]`)).toBe('[***]');
  });

  it.runIf(process.platform !== 'win32')('knows what a shell prints with `set -x`', () => {
    const script = 'exec 2>&1; set -x; : "$S"; { set +x; } 2>/dev/null; printf "%q\\n" "$S"';
    const out = execFileSync('bash', ['-c', script], {
      env: { ...process.env, S: SECRET, LC_ALL: 'C.UTF-8' },
    });
    expect(maskText([SECRET], out.toString())).not.toMatch(/w\+rd|quotes|Zo/);
  });

  it('makes one mask of secrets that overlap or touch', () => {
    expect(maskText(['abcdef', 'defghi'], 'xabcdefghix')).toBe('x***x');
    expect(maskText(['abcdef'], 'abcdefabcdef')).toBe('***');
  });

  it('ignores values that would stand everywhere', () => {
    expect(maskText(['abc', '    ', ' a  '], 'abc     a  b')).toBe('abc     a  b');
  });

  it('gives at once what cannot be the beginning of a secret', () => {
    const masker = createMasker(['hunter22']);
    expect(masker.mask(Buffer.from('Compiling …\n')).toString()).toBe('Compiling …\n');
    expect(masker.mask(Buffer.from('see hun')).toString()).toBe('see ');
    expect(masker.mask(Buffer.from('ting')).toString()).toBe('hunting');
    expect(masker.mask(Buffer.from('hunter2')).toString()).toBe('');
    expect(masker.flush().toString()).toBe('hunter2');
  });

  it('holds back less than 256 bytes of the longest secret, and masks all of it', () => {
    const value = Array.from({ length: 3_000 }, (_, index) => index.toString(36)).join('-');
    const masker = createMasker([value]);
    const bytes = Buffer.from(value);
    let givenBytes = 0;
    for (let at = 0; at < bytes.length; at += 100)
      givenBytes += masker.mask(bytes.subarray(at, at + 100)).length;
    expect(givenBytes + masker.flush().length).toBe(3);
  });

  it('finds a secret anywhere in a large chunk', () => {
    fc.assert(
      fc.property(fc.nat(20_000), (at) => {
        const bytes = Buffer.alloc(20_016, 'hunter lane ');
        bytes.write('hunter22', at);
        expect(masked(['hunter22'], bytes).indexOf('***')).toBe(at);
      }),
    );
  });

  it('never lets a form through, however the stream is cut', () => {
    fc.assert(
      fc.property(example, ({ values, text, cuts }) => {
        const out = masked(values, text, cuts);
        for (const form of secretForms(values)) expect(out.includes(Buffer.from(form))).toBe(false);
      }),
    );
  });

  it('gives the same for every way to cut the stream', () => {
    fc.assert(
      fc.property(example, ({ values, text, cuts }) => {
        expect(masked(values, text, cuts)).toEqual(masked(values, text));
      }),
    );
  });

  it('takes away bytes of secrets alone', () => {
    fc.assert(
      fc.property(example, ({ values, text, cuts }) => {
        const covered = new Uint8Array(text.length);
        for (const bytes of secretForms(values)) {
          const form = Buffer.from(bytes);
          for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
            covered.fill(1, at, at + form.length);
        }
        let expected = '';
        for (const [at, isCovered] of covered.entries()) {
          if (isCovered === 0) expected += String.fromCharCode(text[at]!);
          else if (covered[at - 1] !== 1) expected += '***';
        }
        expect(masked(values, text, cuts).toString('latin1')).toBe(expected);
      }),
    );
  });

  it('leaves every byte as it is without secrets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.array(fc.nat()), (bytes, cuts) => {
        expect(masked([], Buffer.from(bytes), cuts)).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
