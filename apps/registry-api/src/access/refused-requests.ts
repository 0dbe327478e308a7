import { parseReference, RepositoryName } from '@berth/oci';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { AuditService } from '../audit/audit.service.js';
import type { AuditAction, AuditEntry } from '../audit/audit-entry.js';
import { DelayedWrite } from '../database/delayed-write.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { AccessService } from './access.service.js';
import type { AccessFacts } from './access-facts.js';
import { actorOf } from './actor.js';
import { credentialKey, type Requester } from './credential.js';
import type { RouteAccess } from './permission.js';
import { RefusedSignIns } from './refused-sign-ins.js';

const FLUSH_AFTER_MS = 10_000;
/** What one process holds until then; what is beyond is not recorded. */
const MAX_HELD = 1000;
const SILENT_MS = 60_000;
const MOST_REMEMBERED = 10_000;

interface RefusedRequest {
  readonly requester: Requester;
  readonly status: number;
  /** Undefined where only the credential may be what was refused. */
  readonly change?: {
    readonly name: RepositoryName;
    readonly needs: 'push' | 'delete';
    readonly action: AuditAction;
  };
}

/**
 * Records pushes and deletes under `/v2` that were refused to somebody, and credentials that were refused there. They
 * are held in memory, one a minute of a kind, and written together every 10 seconds and at shutdown: no answer waits
 * for it, so that a refusal costs the same round trips whatever was refused.
 */
@Injectable()
export class RefusedRequests implements BeforeApplicationShutdown {
  private held: RefusedRequest[] = [];
  private readonly recent = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: SILENT_MS });
  private readonly writing = new DelayedWrite(FLUSH_AFTER_MS, () => this.write());

  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(RefusedSignIns) private readonly signIns: RefusedSignIns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Looks at the answer once it is sent. Nobody's requests are left out: anybody could fill the log with them. */
  watch(route: RouteAccess, request: Request, response: Response): void {
    const { user: requester } = request;
    if (!requester || requester.presented === 'none') return;
    const isChange =
      route.area === 'registry' && (route.permission === 'push' || route.permission === 'delete');
    if (!isChange && !('secretHash' in requester.credential)) return;
    response.once('close', () => {
      const { statusCode: status } = response;
      const isRefused = status === 401 || (isChange && (status === 403 || status === 404));
      if (!response.headersSent || !isRefused) return;
      this.note({ requester, status, change: isChange ? changeOf(route, request) : undefined });
    });
  }

  /** Writes what is held. */
  async flush(): Promise<void> {
    await this.writing.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing.shutDown();
  }

  private note(refused: RefusedRequest): void {
    const { requester, change, status } = refused;
    const key = [
      credentialKey(requester.credential),
      requester.address,
      status,
      change?.action,
      change?.name.value,
    ];
    if (this.held.length >= MAX_HELD || this.recent.has(key.join(' '))) return;
    this.recent.set(key.join(' '), true);
    this.held.push(refused);
    this.writing.schedule();
  }

  private async write(): Promise<void> {
    const refused = this.held;
    if (refused.length === 0) return;
    this.held = [];
    try {
      const facts = await this.access.factsInBackground(
        refused.map(({ requester: { credential }, change }) => ({
          credential,
          repositoryName: change?.name.value ?? '',
        })),
      );
      const entries = refused.flatMap((request, index) => this.entryOf(request, facts[index]) ?? []);
      await this.audit.recordInBackground(entries);
    } catch (error) {
      this.logger.warn({ err: error }, 'refused requests could not be recorded');
      this.held = [...refused, ...this.held].slice(0, MAX_HELD);
      this.writing.retry();
    }
  }

  /** A token may cover less than its bearer may do, which then is no refusal: clients ask for another one. */
  private entryOf(
    { requester, status, change }: RefusedRequest,
    facts?: AccessFacts,
  ): AuditEntry | undefined {
    if (!facts) return undefined;
    const { credential, address } = requester;
    if (facts.credentialProblem) return this.signIns.entryOf({ credential, facts, address });
    if (!change || facts.principal.kind === 'anonymous') return undefined;
    const { name, needs, action } = change;
    const isAllowed = this.access.allows(facts, needs) || (needs === 'push' && this.access.mayCreate(facts));
    if (isAllowed) return undefined;
    return {
      actor: actorOf(requester, facts),
      action,
      object: `repository:${name.shown}`,
      result: 'refused',
      details: { status },
    };
  }
}

function changeOf({ permission }: RouteAccess, { params, path }: Request): RefusedRequest['change'] {
  const { name } = params as { name?: string | string[] };
  const parsed = unlessInvalid(() =>
    RepositoryName.parse(Array.isArray(name) ? name.join('/') : (name ?? '')),
  );
  if (!parsed) return undefined;
  if (permission === 'push') return { name: parsed, needs: 'push', action: 'manifest.push' };
  if (/\/blobs\/[^/]+\/?$/.test(path)) return { name: parsed, needs: 'delete', action: 'blob.delete' };
  const reference = unlessInvalid(() => parseReference(String(params.reference)));
  const action = reference?.kind === 'tag' ? 'tag.delete' : 'manifest.delete';
  return { name: parsed, needs: 'delete', action };
}

function unlessInvalid<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
