import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { noticePage } from './notice-page.ts';
import { resolveAsset } from './resolve-asset.ts';

const SCHEME = 'app';
/** The origin of our own page when it is served from disk. */
export const APP_ORIGIN = 'app://pipewright';
/** Shown when the page itself cannot run. */
export const CRASHED_URL = `${APP_ORIGIN}/-/crashed`;

/** What the page may load and reach: its own files and nothing else. The port to the host needs no permission here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  'frame-src blob:',
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Makes `app:` an origin like https, with storage and workers of its own. Before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page. After the application is ready. */
export function serveApp(rendererDir: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.origin !== APP_ORIGIN && `${url.protocol}//${url.host}` !== APP_ORIGIN) return refuse(404);
    if (request.method !== 'GET') return refuse(405);
    if (request.url === CRASHED_URL)
      return html(noticePage('The window stopped working.', 'Your runs go on.', 'Open it again'));
    const asset = resolveAsset(rendererDir, url);
    if (asset === null) return refuse(404);
    try {
      return new Response(await readFile(asset.file), {
        headers: { ...HEADERS, 'content-type': asset.contentType },
      });
    } catch {
      if (url.pathname === '/' || url.pathname === '/index.html') {
        return html(
          noticePage(
            'Pipewright is not built.',
            'Its page is missing. Run "npm run build" or install it again.',
            'Try again',
          ),
        );
      }
      return refuse(404);
    }
  });
}

const html = (text: string): Response =>
  new Response(text, { headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' } });
const refuse = (status: number): Response => new Response(null, { status, headers: HEADERS });
