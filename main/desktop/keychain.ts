import { safeStorage } from 'electron';
import type { KeychainAnswer, KeychainRequest } from '#shared/api/host-protocol.ts';

const NO_KEYRING = 'This system has no keyring, such as GNOME Keyring or KWallet, that is unlocked.';

/** Does what the host asks of the system's keychain. Never rejects. */
export async function answerKeychain(request: KeychainRequest): Promise<KeychainAnswer> {
  try {
    return { ok: true, value: await obey(request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, message: /[.!?]$/.test(message) ? message : `${message}.` };
  }
}

async function obey(request: KeychainRequest): Promise<string | null> {
  switch (request.type) {
    case 'unavailable':
      return whyUnavailable();
    case 'seal':
      return (await safeStorage.encryptStringAsync(request.text)).toString('base64');
    case 'open': {
      const sealed = Buffer.from(request.sealed, 'base64');
      const { shouldReEncrypt, result } = await safeStorage.decryptStringAsync(sealed);
      // Then the first answer is the stale one.
      return shouldReEncrypt ? (await safeStorage.decryptStringAsync(sealed)).result : result;
    }
  }
}

/** Plain text under a key that stands in Electron's own sources is no protection. */
async function whyUnavailable(): Promise<string | null> {
  // An older Electron under the same application lacks these.
  const storage: Partial<typeof safeStorage> = safeStorage;
  if (process.platform === 'linux') {
    const backend = storage.getSelectedStorageBackend?.() ?? 'basic_text';
    if (backend === 'basic_text' || backend === 'unknown') return NO_KEYRING;
  }
  if ((await storage.isAsyncEncryptionAvailable?.()) === true) return null;
  return process.platform === 'linux' ? NO_KEYRING : "The system's keychain cannot be used here.";
}
