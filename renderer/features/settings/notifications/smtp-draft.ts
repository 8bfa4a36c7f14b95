import { smtpSchema, type SmtpSettings } from '#shared/api/setting-schemas.ts';
import { numberOf, readWith, type ReadDraft } from '../field-errors.ts';

/** The mail server as its fields show it. */
export interface SmtpDraft {
  readonly host: string;
  readonly port: string;
  readonly security: 'starttls' | 'starttls-required' | 'tls';
  readonly user: string;
  readonly passwordSecret: string;
  readonly from: string;
}

const EMPTY: SmtpDraft = {
  host: '',
  port: '587',
  security: 'starttls-required',
  user: '',
  passwordSecret: '',
  from: '',
};

export function smtpDraft(smtp: SmtpSettings | null): SmtpDraft {
  if (smtp === null) return EMPTY;
  return {
    host: smtp.host,
    port: String(smtp.port),
    security: smtp.secure ? 'tls' : smtp.requireTls ? 'starttls-required' : 'starttls',
    user: smtp.user ?? '',
    passwordSecret: smtp.passwordSecret ?? '',
    from: smtp.from,
  };
}

/** Null when everything that matters is empty: no e-mail is sent then. */
export function readSmtpDraft(draft: SmtpDraft): ReadDraft<SmtpSettings | null> {
  const { host, user, passwordSecret, from, security } = draft;
  if ([host, user, passwordSecret, from].every((text) => text.trim() === ''))
    return { ok: true, value: null };
  return readWith(smtpSchema, {
    host,
    port: numberOf(draft.port) ?? Number.NaN,
    secure: security === 'tls',
    requireTls: security === 'starttls-required',
    user: user.trim() === '' ? null : user.trim(),
    passwordSecret: passwordSecret === '' ? null : passwordSecret,
    from: from.trim(),
  });
}
