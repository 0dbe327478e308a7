const WIDTH = 280;
const HEIGHT = 46;
const MARGIN = 2;

export interface DayCount {
  /** `2026-11-23`. */
  readonly day: string;
  readonly count: number;
}

/** A line of counts a day, with a table of the same for who does not see it. */
export function Sparkline({ label, days }: { label: string; days: readonly DayCount[] }) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const points = days.map(({ count }, index) => {
    const x = days.length < 2 ? WIDTH : (index * WIDTH) / (days.length - 1);
    const y = HEIGHT - MARGIN - (count / most) * (HEIGHT - 2 * MARGIN);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <>
      <svg
        aria-hidden="true"
        className="mt-1 block h-[46px] w-full"
        preserveAspectRatio="none"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      >
        <polyline
          className="stroke-accent"
          fill="none"
          points={points.join(' ')}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Pulls</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <td>{day}</td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
