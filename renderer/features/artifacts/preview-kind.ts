/** How a file is looked at. */
export type PreviewKind = 'image' | 'markdown' | 'json' | 'html' | 'text' | 'binary';

/** Texts are cut here; pictures and pages, which are useless in part, may be larger. */
export const MOST_TEXT_BYTES = 1_000_000;
export const MOST_WHOLE_BYTES = 20_000_000;

const IMAGES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  // In an <img> no script of an SVG runs.
  svg: 'image/svg+xml',
};

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
}

/** The media type to show a picture with; undefined for what is none. */
export const imageType = (path: string): string | undefined => IMAGES[extension(path)];

/** The kind that a name promises; null when only the content can tell. */
export function kindByName(path: string): Exclude<PreviewKind, 'text' | 'binary'> | null {
  if (imageType(path) !== undefined) return 'image';
  switch (extension(path)) {
    case 'md':
    case 'markdown':
      return 'markdown';
    case 'json':
    case 'sarif':
    case 'map':
      return 'json';
    case 'html':
    case 'htm':
      return 'html';
    default:
      return null;
  }
}

/** How many bytes a preview reads. */
export function previewBytes(path: string): number {
  const kind = kindByName(path);
  return kind === 'image' || kind === 'html' ? MOST_WHOLE_BYTES : MOST_TEXT_BYTES;
}

/** Whether bytes are text: no NUL, and hardly anything that is no UTF-8. */
export function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 8_192);
  if (sample.includes(0)) return false;
  const text = new TextDecoder().decode(sample);
  const broken = text.split('\uFFFD').length - 1;
  // The sample may end within a character.
  return broken <= 1 + text.length / 100;
}
