import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { TagMoves } from '../tags/tag-moves.service.js';
import { ManifestTrash } from '../trash/manifest-trash.service.js';
import { type RemovedByRun, RemovedByRunStore } from './removed-by-run.store.js';

export interface UndoneRun {
  readonly tagCount: number;
  readonly manifestCount: number;
  /** Why something did not come back, each sentence once. */
  readonly problems: readonly string[];
}

/** Brings back what a run removed, each image on its own, as people bring it back one by one. */
@Injectable()
export class RetentionUndo {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RemovedByRunStore) private readonly removed: RemovedByRunStore,
    @Inject(ManifestTrash) private readonly trash: ManifestTrash,
    @Inject(TagMoves) private readonly tags: TagMoves,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * What was restored already, or has gone for good, is passed over; done again it goes on where it was broken off.
   * Throws what `authorizeApi` throws, and `NotFound`.
   */
  async restoreRun(requester: Requester, name: RepositoryName, runId: string): Promise<UndoneRun> {
    const find = async () => this.find(requester, name, runId);
    const problems = new Set<string>();
    let [tagCount, manifestCount] = [0, 0];
    for (const id of (await find()).trashIds) {
      await passingOver(problems, async () => {
        const restored = await this.trash.restoreManifest(requester, name, id);
        tagCount += restored.tags.length;
        manifestCount += restored.digests.length;
        for (const { tag } of restored.takenTags)
          problems.add(`"${tag}" was pushed again and stays where it is.`);
      });
    }
    for (const id of (await find()).moveIds) {
      await passingOver(problems, async () => {
        await this.tags.restoreTag(requester, name, id);
        tagCount += 1;
      });
    }
    const { facts } = await find();
    await this.audit.record({
      actor: actorOf(requester, facts),
      action: 'retention.restore',
      object: `repository:${name.shown}`,
      details: { tagCount, manifestCount },
    });
    return { tagCount, manifestCount, problems: [...problems] };
  }

  private async find(
    requester: Requester,
    name: RepositoryName,
    runId: string,
  ): Promise<RemovedByRun & { facts: AccessFacts }> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'delete', this.access.settings);
    const removed = await this.removed.find(repositoryId, runId, this.trash.days);
    if (!removed) throw new NotFound(`There is no such run of retention in ${name.shown}.`);
    return { ...removed, facts };
  }
}

/** Somebody else restored it meanwhile, or a part of it is gone: the rest comes back all the same. */
async function passingOver(problems: Set<string>, restore: () => Promise<void>): Promise<void> {
  try {
    await restore();
  } catch (error) {
    if (error instanceof NotFound) return;
    if (!(error instanceof Conflict)) throw error;
    problems.add(error.message);
  }
}
