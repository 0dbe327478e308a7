import { QuotasModule } from '../../../registry-api/src/quotas/quotas.module.js';
import { quotaLimitsSchema } from '../../../registry-api/src/quotas/quotas.schema.js';
import { QuotasService } from '../../../registry-api/src/quotas/quotas.service.js';
import type { Berth, Cli } from '../berth.js';
import { CommandFailure, exitCodes } from '../failure.js';
import { parseBytes, shownBytes, valid } from '../values.js';
import type { AddCommand } from './index.js';

type Limit = number | 'none';

/** What of a quota is not named stays as it is; `none` takes a limit away. */
interface LimitOptions {
  readonly bytes?: Limit;
  readonly repositories?: Limit;
}

type Usage = Awaited<ReturnType<QuotasService['findNamespaceUsage']>>;

export const addQuotas: AddCommand = (program, cli) => {
  const quotas = program
    .command('quotas')
    .description('what namespaces, and the whole instance, may have; OWNER is a namespace or --instance');
  const owned = (name: string, description: string) =>
    quotas
      .command(`${name} [namespace]`)
      .description(description)
      .option('--instance', 'of the whole instance');
  quotas
    .command('list')
    .description('the instance, and every namespace with a quota')
    .action(() => listQuotas(cli()));
  owned('show', 'what an owner has and may have').action((name, options) =>
    show(cli(), ownerOf(name, options)),
  );
  owned('set', 'changes limits')
    .option('--bytes <size>', 'of blobs, as 10GiB; none: no limit', (text) => orNone(text, parseBytes))
    .option('--repositories <count>', 'so many; none: no limit', (text) => orNone(text, Number))
    .action((name, options) => set(cli(), ownerOf(name, options), options));
  owned('remove', 'takes both limits away').action((name, options) =>
    set(cli(), ownerOf(name, options), { bytes: 'none', repositories: 'none' }),
  );
};

function orNone(text: string, parse: (text: string) => number): Limit {
  return text === 'none' ? text : parse(text);
}

function changed(limit: Limit | undefined, before: number | null): number | null {
  if (limit === undefined) return before;
  return limit === 'none' ? null : limit;
}

/** Undefined for the instance. */
function ownerOf(name: string | undefined, { instance }: { instance?: boolean }): string | undefined {
  if ((name === undefined) === (instance === true)) return name;
  throw new CommandFailure('Name a namespace, or say --instance.', exitCodes.usage);
}

function listQuotas({ inBerth, output }: Cli): Promise<void> {
  return inBerth([QuotasModule], async (berth) => {
    const { instance, namespaces } = await berth.get(QuotasService).listQuotas();
    const all = [{ ...instance, namespace: null }, ...namespaces.map(toItem)];
    await output.list(
      (async function* () {
        yield* all;
      })(),
      [
        ['OWNER', ({ namespace }) => namespace ?? '(instance)'],
        ['BYTES', ({ usedBytes }) => shownBytes(usedBytes)],
        ['OF', ({ maxBytes }) => (maxBytes === null ? 'any' : shownBytes(maxBytes))],
        ['REPOSITORIES', ({ usedRepositories }) => usedRepositories],
        ['OF', ({ maxRepositories }) => maxRepositories ?? 'any'],
      ],
    );
  });
}

function toItem({ namespace, ...usage }: Usage & { namespace?: string }) {
  return { ...usage, namespace: namespace ?? null };
}

function show({ inBerth, output }: Cli, owner: string | undefined): Promise<void> {
  return inBerth([QuotasModule], async (berth) => {
    const usage = await usageOf(berth, owner);
    output.result(usage, () => inWords(owner, usage));
  });
}

function set({ inBerth, output }: Cli, owner: string | undefined, options: LimitOptions): Promise<void> {
  if (options.bytes === undefined && options.repositories === undefined)
    throw new CommandFailure('Say what the limit is: --bytes, --repositories or both.', exitCodes.usage);
  return inBerth([QuotasModule], async (berth) => {
    const { maxBytes, maxRepositories } = await usageOf(berth, owner);
    const limits = valid(quotaLimitsSchema, {
      maxBytes: changed(options.bytes, maxBytes),
      maxRepositories: changed(options.repositories, maxRepositories),
    });
    const quotas = berth.get(QuotasService);
    const usage =
      owner === undefined
        ? await quotas.setInstanceQuota(berth.operator, limits)
        : await quotas.setNamespaceQuota(berth.operator, owner, limits);
    output.result(usage, () => inWords(owner, usage));
  });
}

async function usageOf(berth: Berth, owner: string | undefined): Promise<Usage> {
  const quotas = berth.get(QuotasService);
  if (owner !== undefined) return quotas.findNamespaceUsage(berth.operator, owner);
  return (await quotas.listQuotas()).instance;
}

function inWords(owner: string | undefined, usage: Usage): string {
  const { usedBytes, maxBytes, usedRepositories, maxRepositories } = usage;
  const of = (limit: string | number | null) => (limit === null ? 'without a limit' : `of ${limit}`);
  const bytes = `${shownBytes(usedBytes)} ${of(maxBytes === null ? null : shownBytes(maxBytes))}`;
  const whose = owner === undefined ? 'This Berth' : `"${owner}"`;
  return `${whose} has ${bytes}, and ${usedRepositories} repositories ${of(maxRepositories)}.`;
}
