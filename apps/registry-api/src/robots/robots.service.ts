import { generateSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { type CredentialReach, readReach } from '../access/credential-reach.js';
import { MakerReach } from '../access-tokens/maker-reach.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { type Robot, RobotStore } from './robot.store.js';
import { robotUsername } from './robot-name.js';
import { RobotWriterStore } from './robot-writer.store.js';
import type { NewRobotBody, RobotChange } from './robots.schema.js';

export interface RobotWithSecret extends Robot {
  /** Kept nowhere: this is the only time it is known. */
  readonly secret: string;
}

/** Robot accounts of a namespace, for its owners. Every method throws what `NamespaceAccess.require` throws. */
@Injectable()
export class RobotsService {
  constructor(
    @Inject(RobotStore) private readonly robots: RobotStore,
    @Inject(RobotWriterStore) private readonly writer: RobotWriterStore,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(MakerReach) private readonly makerReach: MakerReach,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async listRobots(requester: Requester, namespace: string, page: CursorPage): Promise<ListPage<Robot>> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const found = await this.robots.list(id, { last: readCursor(page), limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ name }) => name);
  }

  /** Throws `NotFound`. */
  async findRobot(requester: Requester, namespace: string, name: string): Promise<Robot> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'administer');
    return this.findIn(id, namespace, name);
  }

  /** Throws `Conflict` for a name in use; `RequestInvalid`; `Denied` for more than the access token in use reaches. */
  async createRobot(requester: Requester, namespace: string, body: NewRobotBody): Promise<RobotWithSecret> {
    const { id: namespaceId, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const reach = readReach(body);
    await this.makerReach.require(requester, reach);
    const { name, description } = body;
    const secret = generateSecret('robot');
    await this.database.transaction(async (client) => {
      const isMade = await this.writer.create(client, { ...reach, namespaceId, name, description, secret });
      if (!isMade) throw new Conflict(`"${namespace}" has a robot "${name}" already.`);
      const actor = actorOf(requester, facts);
      const details = reachDetails(reach);
      await this.audit.record(
        { actor, action: 'robot.create', object: objectOf(namespace, name), details },
        client,
      );
    });
    return { ...(await this.findIn(namespaceId, namespace, name)), secret };
  }

  /** Counts from the next request on. Throws as `createRobot` does, and `NotFound`. */
  async changeRobot(
    requester: Requester,
    namespace: string,
    name: string,
    change: RobotChange,
  ): Promise<Robot> {
    const { id, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const { description, isDisabled } = change;
    const asked = readReach({ ...change, scopes: change.scopes ?? [] });
    await this.makerReach.require(requester, widest(change, asked));
    await this.database.transaction(async (client) => {
      const isChanged = await this.writer.change(client, id, name, {
        description,
        isDisabled,
        scopes: change.scopes && asked.scopes,
        expiresAt: change.expiresAt,
        limits: change.repositories && {
          names: asked.repositories ?? [],
          likePatterns: asked.likePatterns ?? [],
        },
      });
      if (!isChanged) throw new NotFound(notThere(namespace, name));
      const actor = actorOf(requester, facts);
      const details = { changed: Object.keys(change), ...(change.scopes && { scopes: asked.scopes }) };
      await this.audit.record(
        { actor, action: 'robot.change', object: objectOf(namespace, name), details },
        client,
      );
    });
    return this.findIn(id, namespace, name);
  }

  /** Throws `NotFound`; `Conflict` for one that has expired; `Denied` for one that reaches beyond the access token in use. */
  async rotateRobot(
    requester: Requester,
    namespace: string,
    name: string,
    { overlapSeconds }: { readonly overlapSeconds: number },
  ): Promise<RobotWithSecret> {
    const { id: namespaceId, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const robot = await this.findIn(namespaceId, namespace, name);
    await this.makerReach.require(requester, robot);
    const secret = generateSecret('robot');
    await this.database.transaction(async (client) => {
      const isRotated = await this.writer.rotate(client, robot.id, secret, overlapSeconds);
      if (!isRotated) throw new Conflict('This robot has expired: give it a later end first.');
      const actor = actorOf(requester, facts);
      const entry = { actor, action: 'robot.rotate', object: objectOf(namespace, name) } as const;
      await this.audit.record({ ...entry, details: { overlapSeconds } }, client);
    });
    return { ...(await this.findIn(namespaceId, namespace, name)), secret };
  }

  /** It counts no more from the next request on, and nothing that was got with its secret. Throws `NotFound`. */
  async deleteRobot(requester: Requester, namespace: string, name: string): Promise<void> {
    const { id: namespaceId, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const { id } = await this.findIn(namespaceId, namespace, name);
    await this.database.transaction(async (client) => {
      const deleted = await this.writer.delete(client, [id]);
      if (deleted.length === 0) throw new NotFound(notThere(namespace, name));
      const actor = actorOf(requester, facts);
      await this.audit.record({ actor, action: 'robot.delete', object: objectOf(namespace, name) }, client);
    });
  }

  private async findIn(namespaceId: string, namespace: string, name: string): Promise<Robot> {
    const robot = await this.robots.find(namespaceId, name);
    if (!robot) throw new NotFound(notThere(namespace, name));
    return robot;
  }
}

/** What a change asks for; what it leaves alone reaches nowhere. */
function widest(change: RobotChange, asked: CredentialReach): CredentialReach {
  return {
    scopes: asked.scopes,
    repositories: change.repositories === undefined ? [] : asked.repositories,
    expiresAt: change.expiresAt === undefined ? new Date(0) : asked.expiresAt,
  };
}

function reachDetails({ scopes, repositories, expiresAt }: CredentialReach) {
  return { scopes, repositories: repositories ?? null, expiresAt: expiresAt?.toISOString() ?? null };
}

function objectOf(namespace: string, name: string): string {
  return `robot:${robotUsername({ namespace, name })}`;
}

function notThere(namespace: string, name: string): string {
  return `"${namespace}" has no robot "${name}".`;
}
