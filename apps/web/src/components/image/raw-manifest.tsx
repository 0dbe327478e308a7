import type { ManifestDetail } from '@/lib/registry-api/types';
import { CopyButton } from '../command/copy-button';
import { Scrollable } from '../scroll/scrollable';
import type { ViewedImage } from './viewed-image';

const LONGEST_SHOWN = 200_000;

/** The manifest as it was pushed; of an index, the index as well. */
export function RawManifest({ image: { top, shown, platform } }: { image: ViewedImage }) {
  return (
    <>
      <Raw manifest={shown} title={platform ? `Manifest of ${platform.platform.label}` : 'Manifest'} />
      {top !== shown && <Raw manifest={top} title="Index" />}
    </>
  );
}

function Raw({ manifest, title }: { manifest: ManifestDetail; title: string }) {
  const text = indented(manifest.raw);
  return (
    <section className="min-w-0">
      <div className="mb-2.5 flex items-center gap-2.5">
        <h2>{title}</h2>
        <code className="min-w-0 text-ink-3">{manifest.mediaType}</code>
        <span className="ml-auto">
          <CopyButton text={manifest.raw} what={title.toLowerCase()} />
        </span>
      </div>
      <Scrollable className="rounded-m border border-line bg-sunk p-3" label={title}>
        <pre className="text-[12.5px] leading-normal">{text.slice(0, LONGEST_SHOWN)}</pre>
      </Scrollable>
      {text.length > LONGEST_SHOWN && (
        <p className="mt-2 text-md text-ink-3">This is its beginning; the button copies all of it.</p>
      )}
    </section>
  );
}

/** Indented for the eye; what is copied are the bytes that the digest is over. */
function indented(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
