/** The mark: two branches of a pipe that join. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden>
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <path
        d="M5 6.5h2.5c2.2 0 2.2 3.5 4.5 3.5h3M5 13.5h2.5c2.2 0 2.2-3.5 4.5-3.5"
        stroke="var(--on-accent)"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <circle cx="15" cy="10" r="1.9" fill="var(--on-accent)" />
    </svg>
  );
}
