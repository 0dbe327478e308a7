import { Module } from '@nestjs/common';
import { PullStore } from './pull.store.js';
import { PullCounts } from './pull-counts.js';
import { PullRetention } from './pull-retention.js';
import { PullStatisticsStore } from './pull-statistics.store.js';
import { PullsController } from './pulls.controller.js';

@Module({
  controllers: [PullsController],
  providers: [PullCounts, PullStore, PullRetention, PullStatisticsStore],
  exports: [PullCounts],
})
export class PullsModule {}
