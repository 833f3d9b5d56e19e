export function Logo() {
  return (
    <svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true" focusable="false">
      <path
        d="M1 9.2h3l2.2-6.4 3 10 2.6-7.6 1.6 4H17"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.7"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
