import { CodeText } from '#renderer/ui/code-text.tsx';

/** A sentence of the host; what stands between backticks is code. */
export function TickedText({ text }: { readonly text: string }) {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 0 ? <span key={index}>{part}</span> : <CodeText key={index}>{part}</CodeText>,
    );
}
