import { Module } from '@nestjs/common';
import { ReferrerStore } from './referrer.store.js';
import { ReferrersService } from './referrers.service.js';
import { ReferrersV2Controller } from './referrers-v2.controller.js';

@Module({ controllers: [ReferrersV2Controller], providers: [ReferrersService, ReferrerStore] })
export class ReferrersModule {}
