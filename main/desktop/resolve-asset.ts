import path from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/** A file of the window's own page. */
export interface Asset {
  readonly file: string;
  readonly contentType: string;
}

/** The file behind an address of the page's origin; null for anything that is not a file under `rendererDir` of a known type. */
export function resolveAsset(rendererDir: string, url: URL): Asset | null {
  let pathname: string;
  try {
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return null;
  const file = path.resolve(rendererDir, `.${pathname === '/' ? '/index.html' : pathname}`);
  const relative = path.relative(rendererDir, file);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return null;
  const contentType = CONTENT_TYPES[path.extname(file)];
  return contentType === undefined ? null : { file, contentType };
}
