import { describe, expect, it } from 'vitest';
import {
  imageType,
  isText,
  kindByName,
  MOST_TEXT_BYTES,
  MOST_WHOLE_BYTES,
  previewBytes,
} from './preview-kind.ts';

describe('kindByName', () => {
  it('reads the last extension, whatever its case', () => {
    expect(kindByName('a/b.c/READ.ME.MD')).toBe('markdown');
    expect(kindByName('report.JSON')).toBe('json');
    expect(kindByName('shot.png')).toBe('image');
    expect(kindByName('index.htm')).toBe('html');
  });

  it('promises nothing for other names', () => {
    expect(kindByName('dir.md/Makefile')).toBeNull();
    expect(kindByName('app.tgz')).toBeNull();
  });
});

describe('previewBytes', () => {
  it('reads pictures and pages whole, texts in part', () => {
    expect(previewBytes('a.png')).toBe(MOST_WHOLE_BYTES);
    expect(previewBytes('a.log')).toBe(MOST_TEXT_BYTES);
  });
});

describe('imageType', () => {
  it('is the media type of a picture', () => {
    expect(imageType('a.svg')).toBe('image/svg+xml');
    expect(imageType('a.txt')).toBeUndefined();
  });
});

describe('isText', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('takes UTF-8, even cut within a character', () => {
    expect(isText(bytes('Grüße €').subarray(0, 9))).toBe(true);
    expect(isText(new Uint8Array())).toBe(true);
  });

  it('refuses what has NULs or is no UTF-8', () => {
    expect(isText(bytes('a\0b'))).toBe(false);
    expect(isText(Uint8Array.from({ length: 400 }, (_, index) => 128 + (index % 120)))).toBe(false);
  });
});
