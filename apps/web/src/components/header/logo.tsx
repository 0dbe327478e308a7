/** Berth's mark: a container ship's bow of three stacked boxes above the water line. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden="true" height={size} viewBox="0 0 24 24" width={size}>
      <rect className="layer-4" height="4.5" rx="1" width="5" x="4" y="2.5" />
      <rect className="layer-3" height="4.5" rx="1" width="8" x="4" y="8" />
      <rect className="layer-2" height="4.5" rx="1" width="6.5" x="13" y="8" />
      <path className="layer-1" d="M2 13.5h20l-2.2 4.6a1.6 1.6 0 0 1-1.45.9H5.65a1.6 1.6 0 0 1-1.45-.9z" />
      <path
        className="stroke-accent"
        d="M3 21.7c1.5 0 1.5-.9 3-.9s1.5.9 3 .9 1.5-.9 3-.9 1.5.9 3 .9 1.5-.9 3-.9 1.5.9 3 .9"
        fill="none"
        strokeLinecap="round"
        strokeWidth="1.4"
      />
    </svg>
  );
}
