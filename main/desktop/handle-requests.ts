import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  REQUESTS,
  type RequestChannel,
  type RequestInput,
  type RequestResults,
} from '#shared/api/desktop-ipc.ts';
import { isOwnPage } from './navigation-rules.ts';

/** What answers each call of a window. A rejection reaches the page as an `Error` with the same message. */
export type RequestHandlers = {
  readonly [Channel in RequestChannel]: (
    input: RequestInput<Channel>,
    sender: WebContents,
  ) => RequestResults[Channel] | Promise<RequestResults[Channel]>;
};

/**
 * Answers the calls of windows: only of a window that `isKnown`, from its main frame while that shows our own page,
 * with an argument that fits the channel's schema. Everything else is refused.
 */
export function handleRequests(
  handlers: RequestHandlers,
  isKnown: (sender: WebContents) => boolean,
  ownOrigin: string,
): void {
  const check = (event: IpcMainInvokeEvent): void => {
    const frame = event.senderFrame;
    const isTrusted =
      isKnown(event.sender) &&
      frame !== null &&
      frame === event.sender.mainFrame &&
      isOwnPage(frame.url, ownOrigin);
    if (!isTrusted) throw new Error('This page may not do that.');
  };
  for (const channel of Object.keys(REQUESTS) as RequestChannel[]) {
    // One signature for all channels; that input and handler belong together is what the two tables say.
    const handler = handlers[channel] as (input: unknown, sender: WebContents) => unknown;
    ipcMain.handle(channel, (event, input: unknown) => {
      check(event);
      const parsed = REQUESTS[channel].safeParse(input);
      if (!parsed.success) throw new Error(`The call ${channel} has an argument that does not fit.`);
      return handler(parsed.data, event.sender);
    });
  }
}
