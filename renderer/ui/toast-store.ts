import { create } from 'zustand';
import type { Tone } from './tone.ts';

export interface ToastMessage {
  /** What happened: "Release #128 failed". */
  readonly title: string;
  readonly body?: string;
  readonly tone?: Extract<Tone, 'neutral' | 'succeeded' | 'failed' | 'warning' | 'running'>;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** A message with the key of one that is shown replaces it. */
  readonly key?: string;
}

export type ShownToast = ToastMessage & { readonly key: string };

const MOST_AT_ONCE = 4;
let count = 0;

export const useToasts = create<{ readonly toasts: readonly ShownToast[] }>()(() => ({ toasts: [] }));

/** Tells of something that is not on screen; what is on screen needs no toast. The oldest gives way to a fifth. */
export function showToast(message: ToastMessage): void {
  count += 1;
  const toast: ShownToast = { ...message, key: message.key ?? `toast-${count}` };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ key }) => key !== toast.key), toast].slice(-MOST_AT_ONCE),
  }));
}

export function dismissToast(key: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.key !== key) }));
}
