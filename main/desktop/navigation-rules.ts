/** A link that may go to the person's browser: plain https, without credentials in it. */
export function isExternalLink(address: string): boolean {
  const url = parseUrl(address);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
}

/** The addresses at which a page of ours is; the rest of the origin is its parts. */
const PAGES = new Set(['/', '/index.html', '/-/crashed']);

/** Whether `address` is our page. Schemes of our own have no `origin` everywhere, so the parts are compared. */
export function isOwnPage(address: string, ownOrigin: string): boolean {
  const url = parseUrl(address);
  return url !== null && `${url.protocol}//${url.host}` === ownOrigin && PAGES.has(url.pathname);
}

/** Sandboxed previews are frames of `blob:` and `srcdoc`; nothing else may be shown in a frame. */
export function isAllowedInFrame(address: string, ownOrigin: string): boolean {
  return address === 'about:srcdoc' || address === 'about:blank' || address.startsWith(`blob:${ownOrigin}/`);
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
