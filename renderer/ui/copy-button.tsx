import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ControlSize } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { showToast } from './toast-store.ts';

export interface CopyButtonProps {
  /** What is copied; a function when making it costs something. */
  readonly text: string | (() => string | Promise<string>);
  readonly label?: string;
  readonly size?: ControlSize;
}

/** Copies and says so in its own icon. */
export function CopyButton({ text, label = 'Copy', size = 'small' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setCopied(true);
    } catch {
      showToast({
        tone: 'failed',
        title: 'Could not copy',
        body: 'The clipboard refused. Select the text instead.',
      });
    }
  };
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      size={size}
      icon={copied ? <Check size={14} /> : <Copy size={14} />}
      onClick={() => void copy()}
    />
  );
}
