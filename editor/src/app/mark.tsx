/** The sign of Signalbox: two tracks and a switch between them. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
      className="mark"
    >
      <path d="M3 17h5.5L15 7h6" />
      <path d="M3 7h5.5l1.6 2.4M13.4 14.6 15 17h6" opacity=".45" />
      <circle cx="12" cy="12" r="1.6" fill="currentColor" stroke="none" />
    </svg>
  );
}
