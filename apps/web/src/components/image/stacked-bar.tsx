import { clsx } from 'clsx';

const WIDTH = 1000;
const HEIGHT = 22;
const GAP = 2;
/** So that a layer of a few bytes can still be seen. */
const NARROWEST = 3;

export interface Slice {
  readonly key: string;
  readonly label: string;
  readonly sizeBytes: number;
  readonly className: string;
}

/** Sizes side by side. The table below it says the same in words. */
export function StackedBar({
  label,
  slices,
  isThin = false,
}: {
  label: string;
  slices: readonly Slice[];
  isThin?: boolean;
}) {
  const total = Math.max(
    1,
    slices.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
  const room = WIDTH - GAP * (slices.length - 1) - NARROWEST * slices.length;
  const widths = slices.map(({ sizeBytes }) => NARROWEST + (Math.max(0, room) * sizeBytes) / total);
  return (
    <svg
      aria-label={label}
      className={clsx('block w-full overflow-hidden rounded-s', isThin ? 'h-3' : 'h-[22px]')}
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      {slices.map((slice, index) => (
        <rect
          className={slice.className}
          height={HEIGHT}
          key={slice.key}
          width={(widths[index] ?? 0).toFixed(2)}
          x={widths
            .slice(0, index)
            .reduce((sum, width) => sum + width + GAP, 0)
            .toFixed(2)}
        >
          <title>{slice.label}</title>
        </rect>
      ))}
    </svg>
  );
}

/** The colour of a slice in front of its row. */
export function SliceDot({ className }: { className: string }) {
  return (
    <svg aria-hidden="true" className="mr-[7px] inline-block shrink-0 align-baseline" height="9" width="9">
      <rect className={className} height="9" rx="2" width="9" />
    </svg>
  );
}
