import { found, registryApi } from '@/lib/registry-api/client';
import { repositoryHref } from '@/lib/repository/links';
import { Button } from '../button/button';

/** Two tags or digests; known tags are offered. */
export async function CompareForm({ name, a, b }: { name: string; a?: string; b?: string }) {
  const api = await registryApi();
  const { items } = await found(
    api.GET('/api/v1/repositories/{name}/tags', {
      params: { path: { name }, query: { limit: '100', sort: 'updated' } },
    }),
  );
  return (
    <form action={`${repositoryHref(name)}/-/compare`} className="flex flex-wrap items-end gap-3">
      <Reference label="From" name="a" value={a} />
      <Reference label="To" name="b" value={b} />
      <Button kind="primary" type="submit">
        Compare
      </Button>
      <datalist id="tags">
        {items.map((tag) => tag.name && <option key={tag.name} value={tag.name} />)}
      </datalist>
    </form>
  );
}

function Reference({ label, name, value }: { label: string; name: string; value?: string }) {
  return (
    <label className="grow basis-[200px] text-md font-semibold sm:max-w-[300px]">
      {label}
      <input
        className="field mt-1 font-mono font-normal"
        defaultValue={value}
        list="tags"
        name={name}
        placeholder="tag or digest"
        required
        spellCheck={false}
      />
    </label>
  );
}
