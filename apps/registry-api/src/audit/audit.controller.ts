import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow } from '../access/permission.js';
import type { AuditAnswer, AuditQuery } from './audit.schema.js';
import { auditPageSchema, auditQuerySchema } from './audit.schema.js';
import type { AuditFilter, StoredAuditEntry } from './audit.store.js';
import { type ExportFormat, exportLines, exportMediaTypes } from './audit-export.js';
import { AuditLog } from './audit-log.service.js';

/** Those of a pipeline and of what watches every request: more than the ten that Node takes for a leak. */
const MOST_LISTENERS = 20;

@ApiTags('administration')
@Controller('api/v1/admin/audit')
export class AuditController {
  constructor(@Inject(AuditLog) private readonly log: AuditLog) {}

  /** The newest first; with `format` all that match, as a file. */
  @Get()
  @Allow('admin', 'api')
  @ApiOkResponse({ standardSchema: auditPageSchema })
  async listAuditEntries(
    @Query({ schema: auditQuerySchema }) query: AuditQuery,
    @Res() response: Response,
  ): Promise<void> {
    const { format, limit, cursor, ...filter } = query;
    response.setHeader('Cache-Control', 'private, no-store');
    if (format) return this.sendExport(format, filter, response);
    const { items, nextCursor } = await this.log.listEntries(filter, { limit, cursor });
    response.json({ items: items.map(toAnswer), nextCursor });
  }

  /** A broken export ends with a broken connection, so that nobody takes it for a whole one. */
  private async sendExport(format: ExportFormat, filter: AuditFilter, response: Response): Promise<void> {
    const lines = exportLines(format, answers(this.log.allEntries(filter)));
    response.setHeader('Content-Type', exportMediaTypes[format]);
    response.setHeader('Content-Disposition', `attachment; filename="berth-audit.${format}"`);
    response.setMaxListeners(MOST_LISTENERS);
    await pipeline(Readable.from(lines), response);
  }
}

async function* answers(batches: AsyncIterable<StoredAuditEntry[]>): AsyncGenerator<AuditAnswer[]> {
  for await (const batch of batches) yield batch.map(toAnswer);
}

function toAnswer(entry: StoredAuditEntry): AuditAnswer {
  return { ...entry, at: entry.at.toISOString() };
}
