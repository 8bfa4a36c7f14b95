import { VisuallyHidden as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Words for screen readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <Radix.Root>{children}</Radix.Root>;
}
