import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Readonly<Record<string, string>> = {
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
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/**
 * The file of a folder that a URL's path means, or null. A path without an extension is a place inside the application: its page.
 * @param root absolute
 * @param pathname as in the URL, still encoded
 */
export function fileOfPath(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.join(root, path.posix.normalize(decoded));
  const relative = path.relative(root, file);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
  return path.extname(file) === '' ? path.join(root, 'index.html') : file;
}

/** Sends a file. False when it is not there; nothing was sent then. */
export async function sendFile(
  response: ServerResponse,
  root: string,
  file: string,
  withBody: boolean,
): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return false;
  // Names below assets/ hold a hash of their content.
  const isHashed = path.relative(root, file).startsWith(`assets${path.sep}`);
  response.writeHead(200, {
    'Content-Type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': stats.size,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (!withBody) {
    response.end();
    return true;
  }
  try {
    await pipeline(createReadStream(file), response);
  } catch {
    // The browser went away in the middle.
    response.destroy();
  }
  return true;
}
