import { RouteLink, type RouteLinkProps } from './route-link.tsx';
import styles from './text-link.module.css';

export interface TextLinkProps extends Omit<RouteLinkProps, 'className'> {
  /** It stands in a sentence: underlined, so that it is not told by its colour alone. */
  readonly inline?: boolean;
}

/** A link that looks like one. */
export function TextLink({ inline = false, ...rest }: TextLinkProps) {
  return <RouteLink {...rest} className={styles['link']} data-inline={inline || undefined} />;
}
