import { Chip } from '../chip/chip';

/** Platforms as people type them; of many, the first few. Short ones leave `linux/` out. */
export function PlatformChips({
  platforms,
  most = 4,
  isShort = false,
}: {
  platforms: readonly string[];
  most?: number;
  isShort?: boolean;
}) {
  const rest = platforms.slice(most);
  return (
    <>
      {platforms.slice(0, most).map((platform) => (
        <Chip key={platform} tone="code">
          {isShort ? platform.replace(/^linux\//, '') : platform}
        </Chip>
      ))}
      {rest.length > 0 && (
        <span className="text-sm text-ink-3" title={rest.slice(0, 40).join(', ')}>
          and {rest.length} more
        </span>
      )}
    </>
  );
}
