import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './markdown.module.css';

const PLUGINS = [remarkGfm];

/** A link leads nowhere in the desktop window, and a picture of another site is not fetched: both are shown as text. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <span className={styles['link']} title={href}>
      {children}
    </span>
  ),
  img: ({ alt, src }) =>
    typeof src === 'string' && src.startsWith('data:image/') ? (
      <img src={src} alt={alt ?? ''} />
    ) : (
      <span className={styles['picture']}>{alt === undefined || alt === '' ? 'picture' : alt}</span>
    ),
};

export interface MarkdownProps {
  /** GitHub's Markdown; HTML in it is left out. */
  readonly children: string;
}

/** Text that a stage or an artifact brings. Nothing in it runs, loads or leads away. */
export const Markdown = memo(function Markdown({ children }: MarkdownProps) {
  return (
    <div className={styles['markdown']} data-selectable>
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} skipHtml>
        {children}
      </ReactMarkdown>
    </div>
  );
});
