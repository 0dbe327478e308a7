import { formatBytes } from '@/lib/format/bytes';
import { counted, further } from '@/lib/format/count';
import { shortDigest } from '@/lib/format/digest';
import type { RetentionPreview, RetentionRule } from '@/lib/registry-api/types';
import { manifestHref, tagHref } from '@/lib/repository/links';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';
import { Scrollable } from '../scroll/scrollable';
import { RetentionKept } from './retention-kept';

/** What goes, why the rest stays, and what that frees; in the form that can have it done. */
export function RetentionPreviewResult({
  name,
  preview,
  rules,
  isRunnable = false,
}: {
  name: string;
  preview: RetentionPreview;
  rules: readonly RetentionRule[];
  /** Of the policy that holds, and not one that is being tried. */
  isRunnable?: boolean;
}) {
  const { tagCount, manifestCount, freedBytes, plan } = preview;
  const isNothing = tagCount === 0 && manifestCount === 0;
  return (
    <div className="col-span-full grid grid-cols-1 gap-3">
      <p className="text-[13.5px] font-semibold" role="status">
        {isNothing
          ? 'Nothing would go.'
          : `${counted(tagCount, 'tag')} and ${counted(manifestCount, 'manifest')} would go, which frees ${formatBytes(freedBytes)}.`}
      </p>
      {!isNothing && <Going name={name} preview={preview} />}
      <RetentionKept preview={preview} rules={rules} />
      {!isNothing && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {isRunnable && (
            <>
              <input name="plan" type="hidden" value={plan} />
              <SubmitButton kind="danger" name="do" value="run">
                Run now
              </SubmitButton>
            </>
          )}
          <span className="text-sm text-ink-2">
            {isRunnable
              ? 'Removes exactly this, into trash, from where it can be restored.'
              : 'Nothing is saved yet, and nothing removed.'}
          </span>
        </div>
      )}
    </div>
  );
}

function Going({ name, preview }: { name: string; preview: RetentionPreview }) {
  const { tags, manifests, tagCount, manifestCount } = preview;
  const tagged = new Set(tags.map(({ digest }) => digest));
  const others = manifests.filter((digest) => !tagged.has(digest));
  const shown = tags.length + others.length;
  const all = tagCount + manifestCount - (manifests.length - others.length);
  return (
    <div>
      <Scrollable className="max-h-[330px] rounded-m border border-line" label="What goes">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Goes</th>
              <th scope="col">Digest</th>
            </tr>
          </thead>
          <tbody>
            {tags.map(({ tag, digest }) => (
              <tr key={tag}>
                <td className="min-w-[120px]">
                  <Link className="font-mono text-md break-all" href={tagHref(name, tag)} prefetch={false}>
                    {tag}
                  </Link>
                </td>
                <Digest digest={digest} name={name} />
              </tr>
            ))}
            {others.map((digest) => (
              <tr key={digest}>
                <td className="text-ink-2">without a tag</td>
                <Digest digest={digest} name={name} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {all > shown && (
        <p className="mt-1 text-sm text-ink-2">{further(all, shown, Number.POSITIVE_INFINITY)}</p>
      )}
    </div>
  );
}

function Digest({ name, digest }: { name: string; digest: string }) {
  return (
    <td className="whitespace-nowrap">
      <Link className="text-ink-2" href={manifestHref(name, digest)} prefetch={false} title={digest}>
        <code>{shortDigest(digest)}</code>
      </Link>
    </td>
  );
}
