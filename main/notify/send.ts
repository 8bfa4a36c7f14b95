import { createTransport } from 'nodemailer';
import type { SmtpSettings } from '#shared/api/setting-schemas.ts';

const TIMEOUT_MS = 15_000;

/** Why a message did not leave. The text names no address that may be a secret. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  /** Trying again would change nothing. */
  readonly isFinal: boolean;
  /** What the receiver asked to wait. */
  readonly retryAfterMs: number | null;

  constructor(message: string, isFinal: boolean, retryAfterMs: number | null = null) {
    super(message);
    this.isFinal = isFinal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Posts JSON. @throws SendFailure */
export async function postJson(url: string, body: unknown, signal: AbortSignal): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SendFailure('The address is no http or https URL.', true);
  }
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'Pipewright' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    throw new SendFailure(`The receiver could not be reached: ${cause?.code ?? name}.`, false);
  }
  const { status } = response;
  if (status >= 200 && status < 300) return;
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  const seconds = Number(response.headers.get('retry-after'));
  throw new SendFailure(
    `The receiver answered ${status}.`,
    !isPassing,
    Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null,
  );
}

export interface Email {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** @param password null without one @throws SendFailure */
export async function sendEmail(smtp: SmtpSettings, password: string | null, email: Email): Promise<void> {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: smtp.requireTls,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(smtp.user === null ? {} : { auth: { user: smtp.user, pass: password ?? '' } }),
  });
  try {
    await transport.sendMail({
      from: smtp.from,
      to: [...email.to],
      subject: email.subject,
      text: email.text,
    });
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    const answer = responseCode === undefined ? (code ?? 'no connection') : `answer ${responseCode}`;
    throw new SendFailure(
      `The mail server did not take it: ${answer}.`,
      responseCode !== undefined && responseCode >= 500,
    );
  } finally {
    transport.close();
  }
}
