const letter =
  'M22.5 11.2C21.2 9 19 8 16.2 8c-3.6 0-6 1.8-6 4.3 0 5.7 12.1 2.3 12.1 7.5 0 2.5-2.6 4.2-6.3 4.2' +
  '-3 0-5.4-1.1-6.7-3.5';

export function BrandMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--sc-text)" />
      <path
        d={letter}
        fill="none"
        stroke="var(--sc-bg)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
