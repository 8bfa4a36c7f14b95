import { app, session, shell, type WebContents } from 'electron';
import { isAllowedInFrame, isExternalLink, isOwnPage } from './navigation-rules.ts';

/** What a page may ask of the system: to put text on the clipboard. */
const PERMITTED = new Set(['clipboard-sanitized-write']);

/** Keeps every window on our own page, and takes all rights from it that it does not use. Once, before the first window. */
export function guardAllContents(ownOrigin: string): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, ownOrigin));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(PERMITTED.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => PERMITTED.has(permission));
}

function guard(contents: WebContents, ownOrigin: string): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, ownOrigin)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    const isFine = event.isMainFrame
      ? isOwnPage(event.url, ownOrigin)
      : isAllowedInFrame(event.url, ownOrigin);
    if (!isFine) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url, ownOrigin)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
