/** The system's keychain, as the desktop shell reaches it. */
export interface KeySealer {
  /** Why it cannot be used here, in a sentence; null when it can. */
  unavailable(): Promise<string | null>;
  /** What only `open`, for the same user on this machine, turns back into the text; base64. Rejects with a sentence. */
  seal(text: string): Promise<string>;
  /** Rejects with a sentence when the keychain does not open it. */
  open(sealed: string): Promise<string>;
}
