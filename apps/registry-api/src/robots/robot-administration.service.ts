import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { type Robot, type RobotFilter, RobotStore } from './robot.store.js';
import { robotUsername } from './robot-name.js';
import { RobotWriterStore } from './robot-writer.store.js';

/** Robots of all namespaces, for admins. */
@Injectable()
export class RobotAdministration {
  constructor(
    @Inject(RobotStore) private readonly robots: RobotStore,
    @Inject(RobotWriterStore) private readonly writer: RobotWriterStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Newest first. Throws `RequestInvalid`. */
  async listAllRobots(filter: RobotFilter, page: CursorPage): Promise<ListPage<Robot>> {
    const last = idOfCursor(readCursor(page));
    const found = await this.robots.listAll(filter, { last, limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /** Throws `NotFound`. */
  async deleteAnyRobot(requester: Requester, id: string): Promise<void> {
    await this.database.transaction(async (client) => {
      const deletedIds = await this.delete(client, requester, [id]);
      if (deletedIds.length === 0) throw new NotFound('There is no such robot.');
    });
  }

  /** Answers the ids of those that were still there. */
  async deleteRobots(requester: Requester, ids: readonly string[]): Promise<string[]> {
    return this.database.transaction(async (client) => {
      const revokedIds = await this.delete(client, requester, ids);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record(
        { actor, action: 'robots.delete', object: 'robots', details: { revokedIds } },
        client,
      );
      return revokedIds;
    });
  }

  private async delete(client: SqlClient, requester: Requester, ids: readonly string[]): Promise<string[]> {
    const actor = actorOf(requester, factsOf(requester));
    const deleted = await this.writer.delete(client, ids);
    for (const robot of deleted) {
      const object = `robot:${robotUsername(robot)}`;
      await this.audit.record({ actor, action: 'robot.delete', object }, client);
    }
    return deleted.map(({ id }) => id);
  }
}
