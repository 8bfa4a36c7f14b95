import icon from '../icon.svg';

/** The mark; the same drawing as the packaged icon (build/icons). */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return <img src={icon} width={size} height={size} alt="" />;
}
