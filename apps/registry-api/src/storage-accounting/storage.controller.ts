import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/permission.js';
import type { StorageAnswer, StorageQuery } from './storage.schema.js';
import { storageQuerySchema, storageSchema } from './storage.schema.js';
import { StorageReports } from './storage-reports.service.js';

@ApiTags('administration')
@Controller('api/v1/admin/storage')
@Allow('admin', 'api')
export class StorageController {
  constructor(@Inject(StorageReports) private readonly reports: StorageReports) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: storageSchema })
  async getStorage(@Query({ schema: storageQuerySchema }) { limit }: StorageQuery): Promise<StorageAnswer> {
    const { totals, savedBytes, namespaces, repositories } = await this.reports.report(limit);
    const { unsharedBytes: _, ...shown } = totals;
    const exclusiveBytes = totals.totalBytes - totals.sharedBytes;
    return {
      ...shown,
      exclusiveBytes,
      savedBytes,
      namespaces: [...namespaces],
      repositories: [...repositories],
    };
  }
}
